

namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class DeleteAccountTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Delete_OfAnAccount_AnswersWithoutABodyOnceAndNotFoundThen()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();

        Assert.Equal("", (await tenant.DeleteAccountAsync(account.Id)).Expect(200).Text);
        (await tenant.DeleteAccountAsync(account.Id)).ExpectError(404, "Account not found!");
    }

    [Fact]
    public async Task Delete_OfAnAccount_TakesItFromEveryAnswer()
    {
        var tenant = await server.CreateTenantAsync();
        var kept = await tenant.CreateAccountAsync();
        var gone = await tenant.CreateAccountAsync();
        var domain = gone.TextOf("primaryDomain");

        (await tenant.DeleteAccountAsync(gone.Id)).Expect(200);

        (await tenant.Client.Get($"{Paths.Accounts}/{gone.Id}")).ExpectError(404, "Account not found!");
        (await tenant.PutAccountAsync(gone.Id, new { name = "New" })).ExpectError(404, "Account not found!");
        var list = await tenant.ListAccountsAsync("includeTotal=true");
        Assert.Equal([kept.Id], list.Each("id"));
        Assert.Equal("1", list.Headers["X-Total-Count"]);
        Assert.Equal("[]", (await tenant.ListAccountsAsync($"search={domain}")).Text);
        Assert.Equal(
            [kept.Id], (await tenant.Client.Post($"{Paths.Accounts}/filter/ids", new { ids = new[] { gone.Id, kept.Id } })).Each("id"));
        Assert.Equal(
            "[]", (await tenant.Client.Post($"{Paths.Accounts}/filter/primary-domains", new { primaryDomains = new[] { domain } })).Text);
        var bulk = (await tenant.PostAccountsAsync([Given.Account(new { primaryDomain = domain })])).Expect(201);
        Assert.NotEqual(gone.Id, bulk["results"][0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Delete_OfAnotherOrganizationsAccount_AnswersNotFoundAndLeavesIt()
    {
        var stranger = await server.CreateTenantAsync();
        var account = await stranger.CreateAccountAsync();

        (await (await server.CreateTenantAsync()).DeleteAccountAsync(account.Id)).ExpectError(404, "Account not found!");

        await stranger.GetAccountAsync(account.Id);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task AnyOperation_WithABlankId_AsksForTheId(string method)
    {
        var tenant = await server.CreateTenantAsync();
        foreach (var blank in (string[])["%20", "%09", "%20%20", "%C2%A0"])
        {
            (await tenant.Client.Send(new HttpMethod(method), $"{Paths.Accounts}/{blank}", method == "PUT" ? "{}" : null))
                .ExpectError(400, "Account ID is required!");
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task AnyOperation_WithAnIdThatNamesNothing_AnswersNotFound(string method)
    {
        var tenant = await server.CreateTenantAsync();
        string[] ids =
        [
            "x", "01HZZZZZZZZZZZZZZZZZZZZZZZ", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "0", "-1", "%25", "%F0%9F%98%80",
            "01HZZZZZZZZZZZZZZZZZZZZZZZ0",
            new string('a', 2_000),
        ];
        foreach (var id in ids)
        {
            (await tenant.Client.Send(new HttpMethod(method), $"{Paths.Accounts}/{id}", method == "PUT" ? "{}" : null))
                .ExpectError(404, "Account not found!");
        }
    }
}
