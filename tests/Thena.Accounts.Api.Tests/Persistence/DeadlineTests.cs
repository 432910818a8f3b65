using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>A database that does not answer, or answers late, keeps nobody waiting.</summary>
public sealed class DeadlineTests(DeadlineTests.ImpatientServer server) : IClassFixture<DeadlineTests.ImpatientServer>
{
    private const string Unavailable = "This service/resource is currently unavailable.";

    [Fact]
    public async Task Requests_WhileTheNetworkSwallowsEverything_Answer503AndAreServedAgainSoonAfter()
    {
        var tenant = await server.CreateTenantAsync();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => tenant.ListAccountsAsync()));
        server.Proxy.Freeze();
        try
        {
            var started = Stopwatch.StartNew();
            var requests = Enumerable.Range(0, 16).Select(_ => tenant.Client.Get("/v1/accounts"))
                .Concat(Enumerable.Range(0, 16).Select(_ => tenant.PostAccountAsync()))
                .Append(server.CreateClient("unknown").Get("/v1/accounts"));
            var health = server.CreateClient().Get("/health/ready");

            Assert.All(await Task.WhenAll(requests), answer => answer.ExpectError(503, Unavailable));
            (await health).ExpectError(503, Unavailable);
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"answered after {started.Elapsed}");
        }
        finally
        {
            server.Proxy.Thaw();
        }

        var back = Stopwatch.StartNew();
        while ((int)(await tenant.Client.Get("/v1/accounts")).Status != 200)
        {
            Assert.True(back.Elapsed < TimeSpan.FromSeconds(5), "not served again within 5 seconds");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => tenant.PostAccountAsync())), answer => answer.Expect(201));
        (await server.CreateClient().Get("/health/ready")).Expect(200);
    }

    [Fact]
    public async Task Write_WhoseStatementsAreAllSlow_Answers503BecauseTheirSumCounts()
    {
        var (tenant, id) = await server.CreateTenantWithAccountAsync();
        (await tenant.PutAccountAsync(id, new { description = "Before" })).Expect(200);
        server.Proxy.Delay = TimeSpan.FromSeconds(1.5);
        try
        {
            // Three waits: the claim with the lock, the update, the response with the commit.
            (await tenant.Client.Send(
                HttpMethod.Put, $"{Paths.Accounts}/{id}", new { description = "Slow" }, headers: ("Idempotency-Key", "slow")))
                .ExpectError(503, Unavailable);
        }
        finally
        {
            server.Proxy.Delay = TimeSpan.Zero;
        }

        (await tenant.PutAccountAsync(id, new { description = "After" })).Expect(200);
    }

    [Fact]
    public async Task Read_WhoseKeyAndRecordsAreSlow_Answers503BecauseTheirSumCounts()
    {
        var tenant = await server.CreateTenantAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.ListAccountsAsync()));
        var fresh = await server.CreateTenantAsync();
        server.Proxy.Delay = TimeSpan.FromSeconds(1.5);
        try
        {
            // Three waits: the key, the reference data, the records.
            (await fresh.Client.Get("/v1/accounts")).ExpectError(503, Unavailable);
        }
        finally
        {
            server.Proxy.Delay = TimeSpan.Zero;
        }

        (await fresh.Client.Get("/v1/accounts")).Expect(200);
    }

    [Fact]
    public async Task Write_ThatWaitsForALockTooLong_Answers503AndChangesNothing()
    {
        var (tenant, id) = await server.CreateTenantWithAccountAsync();
        await using var locked = await LockedRows.LockAsync(server, "accounts", id);

        var refused = (await tenant.PutAccountAsync(id, new { description = "Changed" })).ExpectError(503, Unavailable);

        Assert.Equal("2", refused.Headers["Retry-After"]);
        await locked.ReleaseAsync();
        Assert.Equal("null", (await tenant.GetAccountAsync(id)).RawOf("description"));
        (await tenant.PutAccountAsync(id, new { description = "Changed" })).Expect(200);
    }

    [Fact]
    public async Task Statement_ThatTakesTooLong_IsEndedByTheDatabase()
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select pg_sleep(60)");

        command.CommandTimeout = 0;
        var ended = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.QueryCanceled, ended.SqlState);
    }

    /// <summary>A server that gives up early.</summary>
    public sealed class ImpatientServer(PostgresServer postgres) : ProxiedAccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings)
        {
            ["Database:LockTimeoutSeconds"] = "1",
            ["Database:StatementTimeoutSeconds"] = "3",
        };

        protected override async Task<string> CreateDatabaseAsync(PostgresServer server) =>
            new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server)) { Timeout = 1, CommandTimeout = 2 }.ConnectionString;
    }
}
