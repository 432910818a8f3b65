using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Thena.Accounts.Api.Tests.Accounts.AccountRequests;

namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class BulkCreateAccountsTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Fact]
    public async Task Bulk_WithNewExistingAndRepeatedDomains_CreatesEachOnceAndTellsAll()
    {
        var tenant = await server.CreateTenantAsync();
        string[] domains = [NewDomain(), NewDomain(), NewDomain()];
        var existing = await tenant.CreateAccount(new { primaryDomain = domains[0] });
        var deleted = await tenant.CreateAccount(new { primaryDomain = domains[2] });
        (await tenant.DeleteAccount(deleted.Id)).Expect(200);

        var answer = (await tenant.PostAccounts(
        [
            Body(new { name = "First", primaryDomain = domains[1] }),
            Body(new { name = "Existing", primaryDomain = $"https://www.{domains[0]}/x" }),
            Body(new { name = "Repeated", primaryDomain = $"@{domains[1].ToUpperInvariant()}." }),
            Body(new { name = "Freed", primaryDomain = domains[2] }),
        ])).Expect(201);

        Assert.Equal(["total", "created", "skipped", "results"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["4", "2", "2"], [answer.RawOf("total"), answer.RawOf("created"), answer.RawOf("skipped")]);
        var results = answer["results"].EnumerateArray().ToList();
        Assert.Equal([0, 1, 2, 3], results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.Equal(["created", "skipped", "skipped", "created"], results.Select(result => result.GetProperty("status").GetString()));
        var ids = Ids(answer);
        Assert.Equal([existing.Id, ids[0]], ids[1..3]);
        Assert.NotEqual(deleted.Id, ids[3]);
        Assert.Equal("First", (await tenant.GetAccount(ids[0])).Expect(200).TextOf("name"));
        Assert.Equal("Freed", (await tenant.GetAccount(ids[3])).Expect(200).TextOf("name"));
        Assert.Equal(existing.Text, (await tenant.GetAccount(existing.Id)).Text);
        Assert.Equal("3", (await tenant.ListAccounts("includeTotal=true")).Headers["X-Total-Count"]);
    }

    [Fact]
    public async Task Bulk_WithNothingNew_AnswersOk()
    {
        var tenant = await server.CreateTenantAsync();
        var existing = await tenant.CreateAccount();

        var answer = (await tenant.PostAccounts([Body(new { primaryDomain = existing.TextOf("primaryDomain") })])).Expect(200);

        Assert.Equal($$"""{"total":1,"created":0,"skipped":1,"results":[{"index":0,"id":"{{existing.Id}}","status":"skipped"}]}""", answer.Text);
    }

    [Fact]
    public async Task Bulk_WithEveryMember_CreatesWhatASingleCreateDoes()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomField("integer");
        await tenant.CreateAttributeValue(new { attribute = "account_health", value = "Usual", isDefault = true });
        JsonObject[] bodies =
        [
            Body(new
            {
                name = " A\"b\\c,\t{é😀} ", description = "line\nbreak\\N", source = "crm", accountOwnerId = tenant.User.Id,
                logo = "https://acme.com/l", website = "acme.com", secondaryDomain = "www.Acme.org",
                status = "active", classification = "SMB", health = "red", industry = "retail", annualRevenue = 12.3456, employees = 3,
                billingAddress = "\\.", shippingAddress = "s\r\n",
                customFieldValues = new[] { new { customFieldId = field, data = 5, metadata = new { a = "\\x" } } },
            }),
            Body("""{"metadata":{"b":1.0,"a":1e400,"c":"\\N"}}"""),
            Body(),
        ];

        var ids = Ids((await tenant.PostAccounts(bodies)).Expect(201));

        for (var index = 0; index < bodies.Length; index++)
        {
            var row = (await tenant.GetAccount(ids[index])).Expect(200);
            bodies[index]["primaryDomain"] = NewDomain();
            var single = (await tenant.Client.Post(Root, bodies[index])).Expect(201);
            Assert.All(
                row.Json.EnumerateObject().Where(member => member.Name is not ("id" or "primaryDomain" or "createdAt" or "updatedAt")),
                member => Assert.Equal(single.RawOf(member.Name), member.Value.GetRawText()));
        }

        Assert.Equal("Usual", (await tenant.GetAccount(ids[2])).TextOf("health"));
    }

    [Fact]
    public async Task Bulk_WithManyAccounts_CreatesThemInTheOrderOfTheBody()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = (await tenant.PostAccounts(Enumerable.Range(0, 150).Select(_ => Body()))).Expect(201);

        var ids = Ids(answer);
        string[] listed =
        [
            .. (await tenant.ListAccounts("sort=createdAt&order=ASC&limit=100")).Each("id"),
            .. (await tenant.ListAccounts("sort=createdAt&order=ASC&limit=100&page=2")).Each("id"),
        ];
        Assert.Equal(ids, listed);
        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bulk_WithFiveThousand_CreatesAllAndNotWithOneMore()
    {
        var tenant = await server.CreateTenantAsync();
        var bodies = Enumerable.Range(0, 5_001).Select(_ => Body()).ToList();

        (await tenant.PostAccounts(bodies)).ExpectProblem("accounts");
        Assert.Equal("[]", (await tenant.ListAccounts()).Text);
        Assert.Equal(5_000, (await tenant.PostAccounts(bodies.Take(5_000))).Expect(201)["created"].GetInt32());
        Assert.Equal("5000", (await tenant.ListAccounts("includeTotal=true")).Headers["X-Total-Count"]);
    }

    [Fact]
    public async Task Bulk_WithEmptyList_SaysThatThereIsNothingToCreate()
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostAccounts([])).ExpectError(400, "No accounts to create");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"accounts":null}""")]
    [InlineData("""{"accounts":{}}""")]
    [InlineData("""{"accounts":"x"}""")]
    public async Task Bulk_WithoutAList_NamesTheMember(string body)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post($"{Root}/bulk", body)).ExpectProblem("accounts");
    }

    [Fact]
    public async Task Bulk_WithBadItems_ListsEveryProblemAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.PostAccounts(
        [
            Body(),
            Body("""{"name":" ","primaryDomain":"nonsense"}"""),
            null,
            JsonValue.Create("x"),
            Body("""{"employees":"5","logo":"x","annualRevenue":-1}"""),
            Body("""{"name":null,"metadata":[],"customFieldValues":[{"data":1},null]}"""),
            new JsonObject(),
            Body(),
        ]);

        Assert.Equal(
            [
                "accounts[1].name", "accounts[1].primaryDomain", "accounts[2]", "accounts[3]", "accounts[4].annualRevenue",
                "accounts[4].employees", "accounts[4].logo",
                "accounts[5].customFieldValues[0].customFieldId", "accounts[5].customFieldValues[1]", "accounts[5].metadata",
                "accounts[5].name", "accounts[6].name", "accounts[6].primaryDomain",
            ],
            answer.ProblemFields().Order(StringComparer.Ordinal));
        Assert.Equal("[]", (await tenant.ListAccounts()).Text);
    }

    [Fact]
    public async Task Bulk_WithBadCustomFieldValues_ListsEveryProblemAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomField("integer", """{"mandatoryOnCreation":true}""");

        var answer = await tenant.PostAccounts(
        [
            WithValue(field, "5"),
            Body(),
            WithValue(field, "\"5\""),
            WithValue(field, "null"),
            Body($$"""{"customFieldValues":[{"customFieldId":"{{field}}","data":1},{"fieldId":"{{field}}","value":2}]}"""),
        ]);

        Assert.Equal(
            [
                "accounts[1].customFieldValues",
                "accounts[2].customFieldValues[0].data",
                "accounts[3].customFieldValues",
                "accounts[4].customFieldValues[1]",
            ],
            answer.ProblemFields().Order(StringComparer.Ordinal));
        Assert.Equal("[]", (await tenant.ListAccounts()).Text);
    }

    [Fact]
    public async Task Bulk_WithBadCustomFieldValues_ListsThemOnceTheFormsAreRight()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomField("integer");

        (await tenant.PostAccounts([Body("""{"name":""}"""), WithValue(field, "\"5\""), Body("""{"employees":true}""")]))
            .ExpectProblem("accounts[0].name").ExpectProblem("accounts[2].employees");
        (await tenant.PostAccounts([Body(), WithValue(field, "\"5\""), WithValue(field, "true")]))
            .ExpectProblem("accounts[1].customFieldValues[0].data").ExpectProblem("accounts[2].customFieldValues[0].data");
    }

    [Theory]
    [InlineData("status", "Account status not found!")]
    [InlineData("classification", "Account classification not found!")]
    [InlineData("health", "Account health not found!")]
    [InlineData("industry", "Account industry not found!")]
    [InlineData("accountOwnerId", "Account owner not found!")]
    public async Task Bulk_WithAReferenceThatNamesNothing_AnswersNotFoundAndWritesNothing(string member, string message)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostAccounts([Body(), Body(new Dictionary<string, string> { [member] = "nothing" })])).ExpectError(404, message);
        Assert.Equal("[]", (await tenant.ListAccounts()).Text);
        (await tenant.PostAccounts([Body("""{"name":""}"""), Body(new Dictionary<string, string> { [member] = "nothing" })])).ExpectProblem("accounts[0].name");
    }

    [Fact]
    public async Task Bulk_WithAnUnknownCustomField_AnswersNotFoundAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostAccounts([Body(), WithValue("nothing", "5")])).ExpectError(404, "Custom field not found!");
        Assert.Equal("[]", (await tenant.ListAccounts()).Text);
    }

    [Fact]
    public async Task Bulk_WithManyBadItems_ListsThemAll()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.PostAccounts(Enumerable.Range(0, 5_000).Select(index => Body(new { name = index % 2 == 0 ? "" : "x" })));

        Assert.Equal(
            Enumerable.Range(0, 2_500)
                .Select(index => string.Create(CultureInfo.InvariantCulture, $"accounts[{index * 2}].name"))
                .ToHashSet(),
            answer.ProblemFields().ToHashSet());
    }

    private static JsonObject WithValue(string field, string data) => Body($$"""{"customFieldValues":[{"customFieldId":"{{field}}","data":{{data}}}]}""");

    private static string[] Ids(Answer answer) =>
        [.. answer["results"].EnumerateArray().Select((JsonElement result) => result.GetProperty("id").GetString()!)];
}
