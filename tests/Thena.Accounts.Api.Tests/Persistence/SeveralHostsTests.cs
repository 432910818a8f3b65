using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>
/// A server whose connection string names several hosts: the workers of a Citus cluster if there is one, otherwise the same host twice.
/// </summary>
public sealed class SeveralHostsTests(SeveralHostsTests.BalancedServer server) : IClassFixture<SeveralHostsTests.BalancedServer>
{
    [Fact]
    public async Task Requests_OfSeveralOrganizations_ReadAndWriteTheirOwnRows()
    {
        // Organizations and keys are tables of which each node has a copy.
        var tenants = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.CreateTenantAsync()));

        await Task.WhenAll(tenants.Select(async tenant =>
        {
            for (var number = 0; number < 5; number++)
            {
                var id = (await tenant.CreateAccountAsync()).Id;
                (await tenant.PutAccountAsync(id, new { description = "Changed" })).Expect(200);
                Assert.Equal("Changed", (await tenant.GetAccountAsync(id)).TextOf("description"));
            }

            Assert.Equal(5, (await tenant.ListAccountsAsync()).Each("id").Length);
        }));
    }

    /// <summary>A server that spreads its connections over the hosts.</summary>
    public sealed class BalancedServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override async Task<string> CreateDatabaseAsync(PostgresServer server)
        {
            var builder = new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server)) { LoadBalanceHosts = true };
            builder.Host = server.Cluster?.Workers ?? $"{builder.Host},{builder.Host}";
            return builder.ConnectionString;
        }
    }
}
