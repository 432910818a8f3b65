
namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class FilterAccountsTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task FilterByIds_WithUnknownAndRepeatedIds_AnswersLivingOnesInTheOrderAskedOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var stranger = await (await server.CreateTenantAsync()).CreateAccountAsync();
        Answer[] accounts =
        [
            await tenant.CreateAccountAsync(),
            await tenant.CreateAccountAsync(),
            await tenant.CreateAccountAsync(),
            await tenant.CreateAccountAsync(),
        ];
        (await tenant.DeleteAccountAsync(accounts[3].Id)).Expect(200);

        var answer = (await tenant.Client.Post($"{Paths.Accounts}/filter/ids", new
        {
            ids = new[]
            {
                accounts[1].Id,
                "nothing",
                accounts[2].Id,
                "",
                accounts[3].Id,
                accounts[1].Id,
                stranger.Id,
                "01HZZZZZZZZZZZZZZZZZZZZZZZ",
                accounts[0].Id,
            },
        })).Expect(200);

        Assert.Equal($"[{accounts[1].Text},{accounts[2].Text},{accounts[0].Text}]", answer.Text);
    }

    [Fact]
    public async Task FilterByPrimaryDomains_WithEveryForm_AnswersLivingOnesInTheOrderAskedOnce()
    {
        var tenant = await server.CreateTenantAsync();
        string[] domains = [Given.NewDomain(), Given.NewDomain(), "bücher.example"];
        var first = await tenant.CreateAccountAsync(new { primaryDomain = domains[0], secondaryDomain = "only-secondary.example" });
        var second = await tenant.CreateAccountAsync(new { primaryDomain = domains[1] });
        var third = await tenant.CreateAccountAsync(new { primaryDomain = domains[2] });

        var answer = (await tenant.Client.Post($"{Paths.Accounts}/filter/primary-domains", new
        {
            primaryDomains = new[]
            {
                "XN--BCHER-KVA.example", $" https://WWW.{domains[1].ToUpperInvariant()}:443/x ", "no domain", "", "only-secondary.example",
                $"@{domains[0]}.",
                domains[1],
                "Bücher.example",
            },
        })).Expect(200);

        Assert.Equal($"[{third.Text},{second.Text},{first.Text}]", answer.Text);
    }

    [Theory]
    [InlineData("ids")]
    [InlineData("primaryDomains")]
    public async Task Filter_WithAThousand_AnswersAndNotWithOneMore(string member)
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        string[] thousand =
        [
            .. Enumerable.Range(0, 999).Select(index => $"x{index}.example.com"),
            member == "ids" ? account.Id : account.TextOf("primaryDomain"),
        ];

        Assert.Equal([account.Id], (await FilterAsync(tenant, member, thousand)).Expect(200).Each("id"));
        (await FilterAsync(tenant, member, [.. thousand, "one.more"])).ExpectProblem(member);
        (await FilterAsync(tenant, member, [])).ExpectProblem(member);
    }

    [Theory]
    [InlineData("ids", "{}", "ids")]
    [InlineData("ids", """{"ids":null}""", "ids")]
    [InlineData("ids", """{"ids":"x"}""", "ids")]
    [InlineData("ids", """{"ids":["x",5]}""", "ids[1]")]
    [InlineData("ids", """{"ids":["x",null]}""", "ids[1]")]
    [InlineData("primary-domains", "{}", "primaryDomains")]
    [InlineData("primary-domains", """{"primaryDomains":null}""", "primaryDomains")]
    [InlineData("primary-domains", """{"primaryDomains":{}}""", "primaryDomains")]
    [InlineData("primary-domains", """{"primaryDomains":["x",{}]}""", "primaryDomains[1]")]
    [InlineData("primary-domains", """{"primaryDomains":[null]}""", "primaryDomains[0]")]
    public async Task Filter_WithAWrongBody_NamesTheMember(string path, string body, string field)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post($"{Paths.Accounts}/filter/{path}", body)).ExpectProblem(field);
    }

    private static Task<Answer> FilterAsync(Tenant tenant, string member, string[] values) =>
        tenant.Client.Post(
            $"{Paths.Accounts}/filter/{(member == "ids" ? "ids" : "primary-domains")}",
            new Dictionary<string, string[]> { [member] = values });
}
