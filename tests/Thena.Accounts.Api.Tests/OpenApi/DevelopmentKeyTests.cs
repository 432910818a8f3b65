namespace Thena.Accounts.Api.Tests.OpenApi;

/// <summary>The development key, as the pages of the reference get it.</summary>
public sealed class DevelopmentKeyTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Path = "/openapi/development-key";

    [Fact]
    public async Task Key_InProduction_IsNotGiven()
    {
        var answer = (await server.CreateClient().Get(Path)).Expect(204);

        Assert.Equal("", answer.Text);
    }

    [Fact]
    public async Task Key_InDevelopment_IsGivenToThisMachineAlone()
    {
        await using var development = await DevelopmentServer.StartAsync(server.ConnectionString);
        using var client = new HttpClient { BaseAddress = development.Address };

        var answer = (await client.Get(Path)).Expect(200);
        Assert.Equal(development.Key, answer.Text);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("text/plain", answer.Headers["Content-Type"]);
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
        Assert.Equal("", (await client.Send(HttpMethod.Get, Path, body: null, headers: ("Host", "accounts.example"))).Expect(204).Text);
        Assert.Equal("", (await client.Send(HttpMethod.Get, Path, body: null, headers: ("X-Forwarded-For", "1.2.3.4"))).Expect(204).Text);
    }
}
