using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>Another copy of the server on the same database. A proxy between the two can make it slow.</summary>
public sealed class SecondServer(PostgresServer postgres, string connectionString, TimeProvider clock) : AccountsServer(postgres)
{
    private DatabaseProxy? _proxy;

    /// <summary>Starts a copy.</summary>
    /// <param name="postgres">The PostgreSQL.</param>
    /// <param name="first">The server whose database it uses.</param>
    /// <param name="clock">The clock of the copy.</param>
    /// <param name="delay">The time by which each answer of the database is late.</param>
    public static async Task<SecondServer> StartAsync(
        PostgresServer postgres, AccountsServer first, TimeProvider? clock = null, TimeSpan delay = default)
    {
        var direct = new NpgsqlConnectionStringBuilder(first.ConnectionString);
        var proxy = new DatabaseProxy(direct.Host!, direct.Port) { Delay = delay };
        var there = new NpgsqlConnectionStringBuilder(direct.ConnectionString) { Host = "127.0.0.1", Port = proxy.Port };
        var server = new SecondServer(postgres, there.ConnectionString, clock ?? TimeProvider.System) { _proxy = proxy };
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Returns an organization with a client of this copy.</summary>
    public Tenant Serve(Tenant tenant) => tenant with { Client = CreateClient(tenant.Key.Key) };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _proxy!.DisposeAsync();
    }

    protected override Task<string> CreateDatabaseAsync(PostgresServer server) => Task.FromResult(connectionString);

    protected override void Configure(IServiceCollection services) => services.AddSingleton(clock);
}
