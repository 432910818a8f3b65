using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Api.RateLimits;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Writes one line about what has started: the first thing to look at when servers behave differently.</summary>
internal sealed class StartReport(
    IServiceProvider services,
    IConfiguration configuration,
    IOptions<RateLimitOptions> limits,
    IOptions<MetricsOptions> metrics,
    ILogger<StartReport> logger)
{
    /// <summary>Writes the line.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        // Made when the database is open.
        var connections = services.GetRequiredService<DatabaseConnections>();
        var versions = await connections.ReadAsync($"select current_setting('server_version')", row => row.GetString(0), cancellationToken);
        await using var scope = services.CreateAsyncScope();
        var schema = await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().ReadStateAsync(cancellationToken);
        logger.LogInformation(
            "Version {Version} on PostgreSQL {PostgresVersion} at {Host}, database {Database}, schema {Schema}, up to {MaxConnections} "
                + "connections, {RequestsPerMinute} requests per minute and key, OpenTelemetry {OpenTelemetry}, "
                + "port of metrics {MetricsPort}",
            typeof(StartReport).Assembly.GetName().Version?.ToString(3),
            versions.Single(),
            connections.Target.Host,
            connections.Target.Database,
            schema.Applied.Concat(schema.Unknown).LastOrDefault(),
            connections.Target.MaxConnections,
            limits.Value.RequestsPerMinute,
            Telemetry.Sends(configuration) ? "on" : "off",
            metrics.Value.Port);
    }
}
