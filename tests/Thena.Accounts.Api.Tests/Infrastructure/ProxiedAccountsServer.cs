using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Api.Hosting;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>A server that reaches its database through a <see cref="DatabaseProxy"/>.</summary>
public class ProxiedAccountsServer(PostgresServer postgres) : AccountsServer(postgres)
{
    /// <summary>The proxy.</summary>
    public DatabaseProxy Proxy { get; private set; } = null!;

    /// <summary>
    /// Returns the fewest round trips of a request in several attempts. Other work of the server can add to an attempt.
    /// </summary>
    public async Task<int> CountRoundTripsAsync(Func<int, Task> request)
    {
        var fewest = int.MaxValue;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var before = Proxy.RoundTrips;
            await request(attempt);
            fewest = Math.Min(fewest, Proxy.RoundTrips - before);
        }

        return fewest;
    }

    /// <summary>Leaves out what would send statements every second.</summary>
    protected override void Configure(IServiceCollection services) =>
        services.Remove(services.Single(service => service.ImplementationType == typeof(IndexKeeper)));

    protected override async Task<string> CreateDatabaseAsync(PostgresServer server)
    {
        var direct = new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server));
        Proxy = new DatabaseProxy(direct.Host!, direct.Port);
        return new NpgsqlConnectionStringBuilder(direct.ConnectionString)
        {
            Host = "127.0.0.1",
            Port = Proxy.Port,
            Timeout = 2,
        }.ConnectionString;
    }
}
