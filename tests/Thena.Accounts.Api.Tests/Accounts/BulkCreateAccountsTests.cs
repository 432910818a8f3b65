using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class BulkCreateAccountsTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Bulk_WithNewExistingAndRepeatedDomains_CreatesEachOnceAndTellsAll()
    {
        var tenant = await server.CreateTenantAsync();
        string[] domains = [Given.NewDomain(), Given.NewDomain(), Given.NewDomain()];
        var existing = await tenant.CreateAccountAsync(new { primaryDomain = domains[0] });
        var deleted = await tenant.CreateAccountAsync(new { primaryDomain = domains[2] });
        (await tenant.DeleteAccountAsync(deleted.Id)).Expect(200);

        var answer = (await tenant.PostAccountsAsync(
        [
            Given.Account(new { name = "First", primaryDomain = domains[1] }),
            Given.Account(new { name = "Existing", primaryDomain = $"https://www.{domains[0]}/x" }),
            Given.Account(new { name = "Repeated", primaryDomain = $"@{domains[1].ToUpperInvariant()}." }),
            Given.Account(new { name = "Freed", primaryDomain = domains[2] }),
        ])).Expect(201);

        Assert.Equal(["total", "created", "skipped", "results"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["4", "2", "2"], [answer.RawOf("total"), answer.RawOf("created"), answer.RawOf("skipped")]);
        var results = answer["results"].EnumerateArray().ToList();
        Assert.Equal([0, 1, 2, 3], results.Select(result => result.GetProperty("index").GetInt32()));
        Assert.Equal(["created", "skipped", "skipped", "created"], results.Select(result => result.GetProperty("status").GetString()));
        var ids = Ids(answer);
        Assert.Equal([existing.Id, ids[0]], ids[1..3]);
        Assert.NotEqual(deleted.Id, ids[3]);
        Assert.Equal("First", (await tenant.GetAccountAsync(ids[0])).TextOf("name"));
        Assert.Equal("Freed", (await tenant.GetAccountAsync(ids[3])).TextOf("name"));
        Assert.Equal(existing.Text, (await tenant.GetAccountAsync(existing.Id)).Text);
        Assert.Equal("3", (await tenant.ListAccountsAsync("includeTotal=true")).Headers["X-Total-Count"]);
    }

    [Fact]
    public async Task Bulk_WithNothingNew_AnswersOk()
    {
        var tenant = await server.CreateTenantAsync();
        var existing = await tenant.CreateAccountAsync();

        var again = Given.Account(new { primaryDomain = existing.TextOf("primaryDomain") });
        var answer = (await tenant.PostAccountsAsync([again])).Expect(200);

        Assert.Equal(
            $$"""{"total":1,"created":0,"skipped":1,"results":[{"index":0,"id":"{{existing.Id}}","status":"skipped"}]}""",
            answer.Text);
    }

    [Fact]
    public async Task Bulk_WithEveryMember_CreatesWhatASingleCreateDoes()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync();
        await tenant.CreateAttributeValueAsync("account_health", "Usual", new { isDefault = true });
        JsonObject[] bodies =
        [
            Given.Account(new
            {
                name = " A\"b\\c,\t{é😀} ", description = "line\nbreak\\N", source = "crm", accountOwnerId = tenant.User.Id,
                logo = "https://acme.com/l", website = "acme.com", secondaryDomain = "www.Acme.org",
                status = "active", classification = "SMB", health = "red", industry = "retail", annualRevenue = 12.3456, employees = 3,
                billingAddress = "\\.", shippingAddress = "s\r\n",
                customFieldValues = new[] { new { customFieldId = field, data = 5, metadata = new { a = "\\x" } } },
            }),
            Given.Account("""{"metadata":{"b":1.0,"a":1e400,"c":"\\N"}}"""),
            Given.Account(),
        ];

        var ids = Ids((await tenant.PostAccountsAsync(bodies)).Expect(201));

        for (var index = 0; index < bodies.Length; index++)
        {
            var row = await tenant.GetAccountAsync(ids[index]);
            bodies[index]["primaryDomain"] = Given.NewDomain();
            var single = (await tenant.Client.Post(Paths.Accounts, bodies[index])).Expect(201);
            Assert.All(
                row.Json.EnumerateObject().Where(member => member.Name is not ("id" or "primaryDomain" or "createdAt" or "updatedAt")),
                member => Assert.Equal(single.RawOf(member.Name), member.Value.GetRawText()));
        }

        Assert.Equal("Usual", (await tenant.GetAccountAsync(ids[2])).TextOf("health"));
    }

    [Fact]
    public async Task Bulk_WithManyAccounts_CreatesThemInTheOrderOfTheBody()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = (await tenant.PostAccountsAsync(Enumerable.Range(0, 150).Select(_ => Given.Account()))).Expect(201);

        var ids = Ids(answer);
        string[] listed =
        [
            .. (await tenant.ListAccountsAsync("sort=createdAt&order=ASC&limit=100")).Each("id"),
            .. (await tenant.ListAccountsAsync("sort=createdAt&order=ASC&limit=100&page=2")).Each("id"),
        ];
        Assert.Equal(ids, listed);
        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bulk_WithFiveThousand_CreatesAllAndNotWithOneMore()
    {
        var tenant = await server.CreateTenantAsync();
        var bodies = Enumerable.Range(0, 5_001).Select(_ => Given.Account()).ToList();

        (await tenant.PostAccountsAsync(bodies)).ExpectProblem("accounts");
        Assert.Equal("[]", (await tenant.ListAccountsAsync()).Text);
        Assert.Equal(5_000, (await tenant.PostAccountsAsync(bodies.Take(5_000))).Expect(201)["created"].GetInt32());
        Assert.Equal("5000", (await tenant.ListAccountsAsync("includeTotal=true")).Headers["X-Total-Count"]);
    }

    [Fact]
    public async Task Bulk_WithEmptyList_SaysThatThereIsNothingToCreate()
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostAccountsAsync([])).ExpectError(400, "No accounts to create");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"accounts":null}""")]
    [InlineData("""{"accounts":{}}""")]
    [InlineData("""{"accounts":"x"}""")]
    public async Task Bulk_WithoutAList_NamesTheMember(string body)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post($"{Paths.Accounts}/bulk", body)).ExpectProblem("accounts");
    }

    [Fact]
    public async Task Bulk_WithBadItems_ListsEveryProblemAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.PostAccountsAsync(
        [
            Given.Account(),
            Given.Account("""{"name":" ","primaryDomain":"nonsense"}"""),
            null,
            JsonValue.Create("x"),
            Given.Account("""{"employees":"5","logo":"x","annualRevenue":-1}"""),
            Given.Account("""{"name":null,"metadata":[],"customFieldValues":[{"data":1},null]}"""),
            new JsonObject(),
            Given.Account(),
        ]);

        Assert.Equal(
            [
                "accounts[1].name", "accounts[1].primaryDomain", "accounts[2]", "accounts[3]", "accounts[4].annualRevenue",
                "accounts[4].employees", "accounts[4].logo",
                "accounts[5].customFieldValues[0].customFieldId", "accounts[5].customFieldValues[1]", "accounts[5].metadata",
                "accounts[5].name", "accounts[6].name", "accounts[6].primaryDomain",
            ],
            answer.ProblemFields().Order(StringComparer.Ordinal));
        Assert.Equal("[]", (await tenant.ListAccountsAsync()).Text);
    }

    [Fact]
    public async Task Bulk_WithBadCustomFieldValues_ListsEveryProblemAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync("""{"mandatoryOnCreation":true}""");

        var answer = await tenant.PostAccountsAsync(
        [
            WithValue(field, "5"),
            Given.Account(),
            WithValue(field, "\"5\""),
            WithValue(field, "null"),
            Given.Account($$"""{"customFieldValues":[{"customFieldId":"{{field}}","data":1},{"fieldId":"{{field}}","value":2}]}"""),
        ]);

        Assert.Equal(
            [
                "accounts[1].customFieldValues",
                "accounts[2].customFieldValues[0].data",
                "accounts[3].customFieldValues",
                "accounts[4].customFieldValues[1]",
            ],
            answer.ProblemFields().Order(StringComparer.Ordinal));
        Assert.Equal("[]", (await tenant.ListAccountsAsync()).Text);
    }

    [Fact]
    public async Task Bulk_WithBadCustomFieldValues_ListsThemOnceTheFormsAreRight()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync();

        (await tenant.PostAccountsAsync(
            [Given.Account("""{"name":""}"""), WithValue(field, "\"5\""), Given.Account("""{"employees":true}""")]))
            .ExpectProblem("accounts[0].name").ExpectProblem("accounts[2].employees");
        (await tenant.PostAccountsAsync([Given.Account(), WithValue(field, "\"5\""), WithValue(field, "true")]))
            .ExpectProblem("accounts[1].customFieldValues[0].data").ExpectProblem("accounts[2].customFieldValues[0].data");
        (await tenant.PostAccountsAsync(
            [Given.Merge(WithValue(field, "\"5\""), new { status = "unknown" }), WithValue(field, "true")]))
            .ExpectProblem("accounts[0].customFieldValues[0].data").ExpectProblem("accounts[1].customFieldValues[0].data");
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

        var wrong = Given.Account(new Dictionary<string, string> { [member] = "nothing" });

        (await tenant.PostAccountsAsync([Given.Account(), wrong])).ExpectError(404, message);
        Assert.Equal("[]", (await tenant.ListAccountsAsync()).Text);
        (await tenant.PostAccountsAsync([Given.Account("""{"name":""}"""), wrong])).ExpectProblem("accounts[0].name");
    }

    [Fact]
    public async Task Bulk_WithAnUnknownCustomField_AnswersNotFoundAndWritesNothing()
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostAccountsAsync([Given.Account(), WithValue("nothing", "5")])).ExpectError(404, "Custom field not found!");
        Assert.Equal("[]", (await tenant.ListAccountsAsync()).Text);
    }

    [Fact]
    public async Task Bulk_WithManyBadItems_ListsThemAll()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.PostAccountsAsync(
            Enumerable.Range(0, 5_000).Select(index => Given.Account(new { name = index % 2 == 0 ? "" : "x" })));

        Assert.Equal(
            Enumerable.Range(0, 2_500)
                .Select(index => string.Create(CultureInfo.InvariantCulture, $"accounts[{index * 2}].name"))
                .ToHashSet(),
            answer.ProblemFields().ToHashSet());
    }

    private static JsonObject WithValue(string field, string data) =>
        Given.Account($$"""{"customFieldValues":[{"customFieldId":"{{field}}","data":{{data}}}]}""");

    private static string[] Ids(Answer answer) =>
        [.. answer["results"].EnumerateArray().Select((JsonElement result) => result.GetProperty("id").GetString()!)];
}
