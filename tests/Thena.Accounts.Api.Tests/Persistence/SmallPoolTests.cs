using System.Diagnostics;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>A server with a small pool of connections.</summary>
public sealed class SmallPoolTests(SmallPoolTests.SmallServer server) : IClassFixture<SmallPoolTests.SmallServer>
{
    [Fact]
    public async Task Requests_WhileAllConnectionsAreBusy_Answer503AfterFiveSecondsAtMost()
    {
        var (tenant, id) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        await using var locked = await LockedRows.LockAsync(server, "accounts", id, other);
        await locked.QueueAsync(() => tenant.PutAccountAsync(id, new { description = "Busy" }));
        await locked.QueueAsync(() => tenant.PutAccountAsync(other, new { description = "Busy" }));
        var started = Stopwatch.StartNew();

        var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.Client.Get("/v1/accounts")));

        Assert.All(refused, answer => answer.ExpectError(503, "This service/resource is currently unavailable."));
        Assert.All(refused, answer => Assert.Equal("2", answer.Headers["Retry-After"]));
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"answered after {started.Elapsed}");
        Assert.All(await locked.ReleaseAsync(), answer => answer.Expect(200));
        (await tenant.Client.Get("/v1/accounts")).Expect(200);
    }

    /// <summary>A server with two connections.</summary>
    public sealed class SmallServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Database:LockTimeoutSeconds"] = "0",
        };

        protected override async Task<string> CreateDatabaseAsync(PostgresServer server) =>
            new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server))
            {
                MaxPoolSize = 2,
                Timeout = 2,
            }.ConnectionString;
    }
}
