namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class CreateAccountTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Fact]
    public async Task Create_WithNameAndDomain_AnswersTheAccountAsGetDoes()
    {
        var tenant = await server.CreateTenantAsync();

        var created = (await tenant.Client.Post("/v1/accounts", new { name = " Acme ", primaryDomain = "https://www.Acme.com/about" })).Expect(201);

        Assert.Equal("Acme", created.TextOf("name"));
        Assert.Equal("acme.com", created.TextOf("primaryDomain"));
        Assert.Equal(created.Text, (await tenant.Client.Get($"/v1/accounts/{created.Id}")).Expect(200).Text);
    }
}
