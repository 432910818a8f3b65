
namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>Trusted proxies and allowed origins. By default there are none.</summary>
public sealed class NetworkTests(
    AccountsServer server, NetworkTests.TrustingServer trusting) : IClassFixture<AccountsServer>, IClassFixture<NetworkTests.TrustingServer>
{
    private const string Origin = "https://app.example.com";

    [Fact]
    public async Task ForwardedHeaders_FromAnybody_AreNotBelieved()
    {
        var answer = await ListForwardedAsync(server);

        Assert.StartsWith($"<{server.Address.AbsoluteUri}v1/accounts?", answer.Headers["Link"], StringComparison.Ordinal);
        Assert.NotEqual("203.0.113.7", answer.Headers["X-RateLimit-IP"]);
    }

    [Fact]
    public async Task ForwardedHeaders_FromATrustedProxy_AreBelieved()
    {
        var answer = await ListForwardedAsync(trusting);

        Assert.StartsWith($"<https://{trusting.Address.Authority}/v1/accounts?", answer.Headers["Link"], StringComparison.Ordinal);
        Assert.Equal("203.0.113.7", answer.Headers["X-RateLimit-IP"]);
    }

    [Theory]
    [InlineData(Origin, true)]
    [InlineData("https://evil.example.com", false)]
    public async Task Browsers_OfAnOrigin_MayCallWhereItIsAllowed(string origin, bool isAllowed)
    {
        foreach (var (target, allows) in (IEnumerable<(AccountsServer, bool)>)[(trusting, isAllowed), (server, false)])
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/accounts/bulk");
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            preflight.Headers.Add("Access-Control-Request-Headers", "x-api-key,content-type");
            using var client = target.CreateClient();
            using var response = await client.SendAsync(preflight, TestContext.Current.CancellationToken);

            Assert.Equal(
                allows, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) && origins.Single() == origin);
            Assert.Equal(target == trusting ? 204 : 405, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("x-api-key={0}")]
    [InlineData("X-Api-Key=anything")]
    [InlineData("search={0}")]
    public async Task Key_InTheQueryString_IsRefused(string query)
    {
        var tenant = await server.CreateTenantAsync();
        var path = "/v1/accounts?" + query.Replace("{0}", tenant.Key.Key, StringComparison.Ordinal);

        (await tenant.Client.Get(path)).ExpectError(400, "A key must not be sent in the query string: send it in the header x-api-key");
        (await server.CreateClient().Get(path)).ExpectError(401, "User is not authenticated!");
    }

    private static async Task<Answer> ListForwardedAsync(AccountsServer server)
    {
        var tenant = await server.CreateTenantAsync();
        foreach (
            var (name, value) in (IEnumerable<(string, string)>)
            [
                ("X-Forwarded-For", "203.0.113.7"),
                ("X-Forwarded-Proto", "https"),
                ("X-Forwarded-Host", "accounts.example.com"),
            ])
        {
            tenant.Client.DefaultRequestHeaders.Add(name, value);
        }

        return (await tenant.Client.Get("/v1/accounts")).Expect(200);
    }

    /// <summary>A server that trusts a proxy on this machine and allows one origin.</summary>
    public sealed class TrustingServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Network:TrustedProxies:0"] = "127.0.0.0/8",
            ["Network:TrustedProxies:1"] = "::1",
            ["Network:AllowedOrigins:0"] = Origin,
        };
    }
}
