namespace Thena.Accounts.Api.Tests.RateLimits;

/// <summary>The limit of look-ups of keys, by client address.</summary>
public sealed class KeyLookUpTests(KeyLookUpTests.GuardedServer server) : IClassFixture<KeyLookUpTests.GuardedServer>
{
    private const int LookUps = 60;

    [Fact]
    public async Task UnknownKeys_AboveTheLimitOfTheirAddress_AreNotLookedUpAndKnownKeysAre()
    {
        var known = await server.CreateTenantAsync();
        (await known.Client.Get("/v1/accounts")).Expect(200);
        var client = server.CreateClient();
        var before = server.Proxy.RoundTrips;

        List<int> statuses = [];
        for (var attempt = 0; attempt < LookUps * 5; attempt++)
        {
            var answer = await client.Send(
                HttpMethod.Get, "/v1/accounts", body: null, headers: ("x-api-key", $"thena_{Guid.CreateVersion7():N}"));
            statuses.Add((int)answer.Status);
        }

        Assert.All(statuses.Take(LookUps), status => Assert.Equal(401, status));
        Assert.Contains(429, statuses);
        var lookUps = server.Proxy.RoundTrips - before;
        Assert.InRange(lookUps, LookUps, LookUps * 5 / 2);

        // The key is asked for again when its look-up is no longer cached, and each time it is served.
        before = server.Proxy.RoundTrips;
        for (var trips = 0; trips < 2; trips = server.Proxy.RoundTrips - before)
        {
            (await known.Client.Post("/v1/accounts", "{}")).Expect(400);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task ValidKeys_OfOneAddress_AreNotCounted()
    {
        var tenant = await server.CreateTenantAsync();
        for (var count = 0; count < LookUps + 5; count++)
        {
            var key = await server.CreateKeyAsync(tenant.User.Id);
            (await server.CreateClient(key.Key).Get("/v1/accounts")).Expect(200);
        }
    }

    /// <summary>A server with a low limit.</summary>
    public sealed class GuardedServer(PostgresServer postgres) : ProxiedAccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["RateLimit:RequestsPerMinuteWithoutKey"] = $"{LookUps}",
        };
    }
}
