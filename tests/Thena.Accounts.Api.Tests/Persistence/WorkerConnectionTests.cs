using System.Diagnostics;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>A server that connects to the workers of a Citus cluster, if there is one.</summary>
public sealed class WorkerConnectionTests(WorkerConnectionTests.ConnectedServer server)
    : IClassFixture<WorkerConnectionTests.ConnectedServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Requests_OfSeveralOrganizations_ReadAndWriteTheirOwnRows()
    {
        var tenants = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.CreateTenantAsync()));
        foreach (var tenant in tenants)
        {
            // The first request asks for the node, so later ones go another way.
            for (var number = 0; number < 5; number++)
            {
                var id = (await tenant.CreateAccountAsync()).Id;
                (await tenant.PutAccountAsync(id, new { description = "Changed" })).Expect(200);
                Assert.Equal("Changed", (await tenant.GetAccountAsync(id)).TextOf("description"));
            }

            Assert.Equal(5, (await tenant.ListAccountsAsync()).Each("id").Length);
        }
    }

    [Fact]
    public async Task Requests_OnACluster_ReachEachWorkerDirectlyAndConnectAgainAfterAFault()
    {
        var cluster = server.Postgres.Cluster;
        Assert.SkipUnless(cluster is not null, "There is no Citus cluster.");
        var tenants = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => server.CreateTenantAsync()));
        await ConnectAsync(cluster, tenants);

        Assert.All(await cluster.EndConnectionsAsync(ConnectedServer.Name), count => Assert.NotEqual(0, count));
        foreach (var tenant in tenants)
        {
            // The first request to each worker finds a dead connection.
            await tenant.Client.Get("/v1/accounts");
        }

        await Task.WhenAll(tenants.Select(tenant => tenant.CreateAccountAsync()));
        await ConnectAsync(cluster, tenants);
    }

    private static async Task ConnectAsync(CitusCluster cluster, Tenant[] tenants)
    {
        var started = Stopwatch.StartNew();
        while (!(await cluster.CountConnectionsAsync(ConnectedServer.Name)).All(count => count > 0))
        {
            Assert.True(started.Elapsed < Patience, "A worker has no connections of the server.");
            await Task.WhenAll(tenants.Select(tenant => tenant.ListAccountsAsync()));
        }
    }

    /// <summary>A server whose connections have a name.</summary>
    public sealed class ConnectedServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        public const string Name = "connected-to-workers";

        public PostgresServer Postgres { get; } = postgres;

        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Database:ConnectToWorkers"] = "true",
        };

        protected override async Task<string> CreateDatabaseAsync(PostgresServer server) =>
            new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server)) { ApplicationName = Name }.ConnectionString;
    }
}
