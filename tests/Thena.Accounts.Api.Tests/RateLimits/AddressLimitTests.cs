using System.Globalization;

namespace Thena.Accounts.Api.Tests.RateLimits;

/// <summary>The limit of requests without a valid key, by client address.</summary>
public sealed class AddressLimitTests(AddressLimitTests.GuardedServer server) : IClassFixture<AddressLimitTests.GuardedServer>
{
    [Fact]
    public async Task RequestsWithoutAValidKey_AboveTheLimit_Answer429WithoutHarmToOthers()
    {
        var tenant = await server.CreateTenantAsync();
        var (none, wrong) = (server.CreateClient(), server.CreateClient("wrong"));
        (await none.Get("/v1/accounts")).Expect(401);
        (await wrong.Get("/v1/accounts")).Expect(401);
        (await none.Get("/v1/unknown")).Expect(404);

        var refused = (await none.Get("/v1/accounts")).ExpectError(429, "Too many requests!");

        // One of three requests per minute is allowed again after a third of it.
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 20);
        (await wrong.Get("/v1/accounts")).Expect(429);
        (await tenant.Client.Get("/v1/accounts")).Expect(200);
        (await none.Get("/health/ready")).Expect(200);
        (await none.Get("/health/live")).Expect(200);

        // A trusted proxy tells the address of its client.
        var other = await none.Send(HttpMethod.Get, "/v1/accounts", body: null, headers: ("X-Forwarded-For", "203.0.113.7"));
        other.Expect(401);
        for (var host = 1; host <= 3; host++)
        {
            await none.Send(HttpMethod.Get, "/v1/accounts", body: null, headers: ("X-Forwarded-For", $"2001:db8::{host}"));
        }

        (await none.Send(HttpMethod.Get, "/v1/accounts", body: null, headers: ("X-Forwarded-For", "2001:db8::ffff"))).Expect(429);
        (await none.Send(HttpMethod.Get, "/v1/accounts", body: null, headers: ("X-Forwarded-For", "2001:db8:0:1::1"))).Expect(401);
    }

    /// <summary>A server with a low limit, behind a proxy.</summary>
    public sealed class GuardedServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["RateLimit:RequestsPerMinuteWithoutKey"] = "3",
            ["Network:TrustedProxies:0"] = "127.0.0.1",
        };
    }
}
