namespace Thena.Accounts.Api.Tests.RateLimits;

/// <summary>The limit of requests with large bodies that are processed at once.</summary>
public sealed class HeavyRequestTests(HeavyRequestTests.SmallServer server) : IClassFixture<HeavyRequestTests.SmallServer>
{
    [Fact]
    public async Task LargeBodies_AboveTheLimit_WaitAndThenAnswer503()
    {
        var (tenant, id) = await server.CreateTenantWithAccountAsync();
        var body = new { description = "Large", metadata = new { text = new string('x', 60_000) }, billingAddress = "a", name = "Acme" };
        var heavy = Given.WithRaw(body, "unknown", $"\"{new string('x', 128 * 1_024)}\"");
        await using var locked = await LockedRows.LockAsync(server, "accounts", id);

        await locked.QueueAsync(() => tenant.PutAccountAsync(id, heavy));
        var others = new[] { tenant.PutAccountAsync(id, heavy), tenant.PutAccountAsync(id, heavy) };
        var refused = await await Task.WhenAny(others);

        refused.ExpectError(503, "This service/resource is currently unavailable.");
        Assert.Equal("2", refused.Headers["Retry-After"]);
        (await tenant.PutAccountAsync(Given.UnknownId, new { description = "Small" })).Expect(404);
        (await locked.ReleaseAsync())[0].Expect(200);
        Assert.Single(await Task.WhenAll(others), answer => (int)answer.Status == 200);
    }

    /// <summary>A server that processes one large body, while another one may wait.</summary>
    public sealed class SmallServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["RateLimit:HeavyRequestsAtOnce"] = "1",
            ["RateLimit:HeavyRequestsWaiting"] = "1",
        };
    }
}
