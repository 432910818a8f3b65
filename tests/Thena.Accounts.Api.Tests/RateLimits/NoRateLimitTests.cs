namespace Thena.Accounts.Api.Tests.RateLimits;

public sealed class NoRateLimitTests(NoRateLimitTests.UnlimitedServer server) : IClassFixture<NoRateLimitTests.UnlimitedServer>
{
    [Fact]
    public async Task Answers_WithLimitsOff_CarryNoHeaders()
    {
        var tenant = await server.CreateTenantAsync();

        Assert.DoesNotContain(
            (await tenant.Client.Get("/v1/accounts")).Expect(200).Headers.Keys,
            name => name.StartsWith("X-RateLimit", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A server without limits.</summary>
    public sealed class UnlimitedServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["RateLimit:RequestsPerMinute"] = "0" };
    }
}
