using Microsoft.Extensions.Options;
using Thena.Accounts.EmbeddedPostgres;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// The database of this process: the one that <c>ConnectionStrings:Accounts</c> names. In Development, the default is an embedded
/// PostgreSQL, which this process starts or joins, and leaves at shutdown.
/// </summary>
internal sealed class AccountsDatabase(
    IConfiguration configuration,
    IHostEnvironment environment,
    IOptions<EmbeddedPostgresOptions> embedded,
    ILogger<AccountsDatabase> logger)
    : IAsyncDisposable
{
    /// <summary>The name of the connection string.</summary>
    public const string Name = "Accounts";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private EmbeddedPostgresCluster? _cluster;
    private string? _connectionString;

    /// <summary>The connection string, available after <see cref="OpenAsync"/>.</summary>
    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("The database has not been opened.");

    /// <summary>
    /// The folder for a developer's own files: the folder of the embedded database, or else one in the user's application data.
    /// </summary>
    public string DevelopmentDirectory => _cluster?.DataDirectory
        ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "thena-accounts");

    /// <summary>Finds the configured database, or starts the embedded one.</summary>
    /// <exception cref="OptionsValidationException">No database is configured, or the connection string is invalid.</exception>
    /// <exception cref="EmbeddedPostgresException">The embedded database cannot be started.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString(Name) is { Length: > 0 } named)
        {
            _connectionString = DatabaseConnections.Check(named) is { } problem
                ? throw Invalid($"ConnectionStrings__{Name} cannot be used: {problem}.")
                : named;
            return;
        }

        if (!environment.IsDevelopment())
        {
            throw Invalid(
                $"No database is configured: set the environment variable ConnectionStrings__{Name}, "
                + "for example to Host=localhost;Database=accounts;Username=accounts;Password=…");
        }

        var options = embedded.Value;
        options.Progress = message => logger.LogInformation("{Message}", message);
        _cluster = await EmbeddedPostgresCluster.StartAsync(options, cancellationToken);
        await _cluster.EnsureDatabaseAsync("accounts", cancellationToken);
        _connectionString = _cluster.GetConnectionString("accounts");
    }

    /// <summary>Brings the schema up to date. Waits while the database cannot be reached.</summary>
    public async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var scope = services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception) && !cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning("Waiting for the database: {Reason}", exception.GetBaseException().Message);
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static OptionsValidationException Invalid(string sentence) => new(Name, typeof(string), [sentence]);
}
