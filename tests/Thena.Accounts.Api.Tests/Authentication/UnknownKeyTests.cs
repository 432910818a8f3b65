namespace Thena.Accounts.Api.Tests.Authentication;

/// <summary>What keys that are not valid cost.</summary>
public sealed class UnknownKeyTests(ProxiedAccountsServer server) : IClassFixture<ProxiedAccountsServer>
{
    [Fact]
    public async Task UnknownKey_SentAgain_CostsTheDatabaseNothing()
    {
        var client = server.CreateClient($"thena_{Guid.CreateVersion7():N}");
        (await client.Get("/v1/accounts")).Expect(401);
        var before = server.Proxy.RoundTrips;

        for (var attempt = 0; attempt < 20; attempt++)
        {
            (await client.Get("/v1/accounts")).Expect(401);
        }

        Assert.InRange(server.Proxy.RoundTrips - before, 0, 1); // the background writer may write in between
    }

    [Fact]
    public async Task Key_SentByManyAtOnce_IsLookedUpOnce()
    {
        var tenant = await server.CreateTenantAsync();
        foreach (var (client, status) in new[] { (tenant.Client, 400), (server.CreateClient($"thena_{Guid.CreateVersion7():N}"), 401) })
        {
            var before = server.Proxy.RoundTrips;

            // An invalid body needs nothing of the database but the key.
            var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => client.Post("/v1/accounts", "{}")));

            Assert.All(answers, answer => answer.Expect(status));
            Assert.InRange(server.Proxy.RoundTrips - before, 1, 2);
        }
    }
}
