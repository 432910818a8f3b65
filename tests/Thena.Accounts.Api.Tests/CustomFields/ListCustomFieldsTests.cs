namespace Thena.Accounts.Api.Tests.CustomFields;

public sealed class ListCustomFieldsTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Fetched = "Custom fields fetched successfully!";

    [Fact]
    public async Task List_Paged_CountsFromZeroNewestFirst()
    {
        var tenant = await server.CreateTenantAsync();
        for (var number = 1; number <= 12; number++)
        {
            await tenant.CreateCustomFieldAsync(new { name = $"F{number}" });
        }

        Assert.Equal("F12 F11 F10 F9 F8 F7 F6 F5 F4 F3", await NamesAsync(tenant, ""));
        Assert.Equal("F12 F11 F10 F9 F8", await NamesAsync(tenant, "limit=5"));
        Assert.Equal("F12 F11 F10 F9 F8", await NamesAsync(tenant, "limit=5&page=0"));
        Assert.Equal("F7 F6 F5 F4 F3", await NamesAsync(tenant, "limit=5&page=1"));
        Assert.Equal("F2 F1", await NamesAsync(tenant, "limit=5.0&page=2.0"));
        Assert.Equal("", await NamesAsync(tenant, "limit=5&page=3"));
        Assert.Equal("", await NamesAsync(tenant, "limit=100&page=99999999999"));
        Assert.Equal(12, (await tenant.ListCustomFieldsAsync("limit=100")).Length);
    }

    [Theory]
    [InlineData("page=-1", "page")]
    [InlineData("page=x", "page")]
    [InlineData("page=1.5", "page")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("limit=1e2", "limit")]
    [InlineData("source=contact", "source")]
    [InlineData("onlyTeamFields=1", "onlyTeamFields")]
    public async Task List_WithABadQuery_Answers400(string query, string member)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Get($"/v1/custom-field?{query}")).ExpectProblem(member);
    }

    [Theory]
    [InlineData("", "custom_object ticket contact team2 team1 account")]
    [InlineData("source=account", "team2 team1 account")]
    [InlineData("source=customer_contact", "contact")]
    [InlineData("source=ticket", "ticket")]
    [InlineData("source=custom_object", "custom_object")]
    [InlineData("teamId=T1&onlyTeamFields=true", "team1")]
    [InlineData("teamId=unknown&onlyTeamFields=true", "")]
    [InlineData("onlyTeamFields=true", "team2 team1")]
    [InlineData("onlyTeamFields=false", "custom_object ticket contact team2 team1 account")]
    public async Task List_Filtered_ShowsThoseAlone(string query, string expected)
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateCustomFieldAsync(new { name = "account" });
        await tenant.CreateCustomFieldAsync(new { name = "team1", teamId = "T1" });
        await tenant.CreateCustomFieldAsync(new { name = "team2", teamId = "T2" });
        await tenant.CreateCustomFieldAsync(new { name = "contact", source = "customer_contact" });
        await tenant.CreateCustomFieldAsync(new { name = "ticket", source = "ticket" });
        await tenant.CreateCustomFieldAsync(new { name = "custom_object", source = "custom_object" });

        Assert.Equal(expected, await NamesAsync(tenant, query));
    }

    [Fact]
    public async Task AccountCustomFields_WithFieldsOfAllSources_ShowsThoseOfAccountsInTheEnvelope()
    {
        var tenant = await server.CreateTenantAsync();
        foreach (var source in (string[])["ticket", "account", "custom_object", "customer_contact"])
        {
            await tenant.CreateCustomFieldAsync(new { name = source, source });
        }

        for (var number = 0; number < 11; number++)
        {
            await tenant.CreateCustomFieldAsync();
        }

        var answer = (await tenant.Client.Get("/v1/accounts/account-custom-fields")).Expect(200);

        Assert.Equal(["data", "status", "message", "timestamp"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.True(answer["status"].GetBoolean());
        Assert.Equal(Fetched, answer.TextOf("message"));
        Assert.Equal(12, answer["data"].GetArrayLength());
        Assert.All(answer["data"].EnumerateArray(), field => Assert.Equal("account", field.Text("source")));
        Assert.Equal(Fetched, (await tenant.Client.Get("/v1/custom-field")).Expect(200).TextOf("message"));
    }

    [Fact]
    public async Task Types_Always_AreInTheDocumentedGroups()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = (await tenant.Client.Get("/v1/custom-field/types")).Expect(200);

        var groups = answer["data"].EnumerateObject().ToArray();
        Assert.Equal(
            "text numeric choice date user specialized file calculated lookup geographic rating toggle",
            string.Join(' ', groups.Select(group => group.Name)));
        Assert.Equivalent(
            CreateCustomFieldTests.FieldTypes.Select(row => row.Data), groups.SelectMany(group => group.Value.EnumerateArray())
                .Select(type => type.GetString()), strict: true);
    }

    private static async Task<string> NamesAsync(Tenant tenant, string query) =>
        string.Join(' ', (await tenant.ListCustomFieldsAsync(query)).Select(field => field.Text("name")));
}
