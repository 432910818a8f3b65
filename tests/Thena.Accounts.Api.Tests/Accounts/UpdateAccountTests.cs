using System.Text.Json.Nodes;
using CsCheck;

namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class UpdateAccountTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Unset = "null";
    private const string EmptyText = "\"\"";

    [Fact]
    public async Task Write_WithBlanksAroundThePickListValue_FindsIt()
    {
        var tenant = await server.CreateTenantAsync();
        var id = await tenant.FindAttributeValueIdAsync("account_status", "TRIAL");

        foreach (var status in (string[])[$" {id} ", " trial "])
        {
            var account = await tenant.CreateAccountAsync(new { status });
            Assert.Equal(id, account.TextOf("statusId"));
            Assert.Equal(id, (await tenant.PutAccountAsync(account.Id, new { status })).Expect(200).TextOf("statusId"));
            (await tenant.PostAccountsAsync([Given.Account(new { status })])).Expect(201);
        }
    }

    [Fact]
    public async Task Update_OfAnotherField_DoesNotWaitForPickListsOrCustomFields()
    {
        var tenant = await server.CreateTenantAsync();
        var status = await tenant.FindAttributeValueIdAsync("account_status", "ACTIVE");
        var type = await tenant.FindAttributeValueIdAsync("contact_type", "PRIMARY");
        var account = await tenant.CreateAccountAsync();
        var contact = await tenant.CreateContactAsync();
        await using var locked = await LockedRows.LockAsync(server, "attribute_values", status, type);

        (await tenant.PutAccountAsync(account.Id, new { description = "x" })).Expect(200);
        (await tenant.PutContactAsync(contact.Id, new { lastName = "x" })).Expect(200);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task Update_WithEmptyTexts_ClearsThem(string empty)
    {
        var (tenant, account) = await CreateFullAccountAsync();

        var updated = (await tenant.PutAccountAsync(account.Id, $$"""
            {"description":{{empty}},"source":{{empty}},"accountOwnerId":{{empty}},"logo":{{empty}},"website":{{empty}},
            "secondaryDomain":{{empty}},
            "status":{{empty}},"classification":{{empty}},"health":{{empty}},"industry":{{empty}},"billingAddress":{{empty}},
            "shippingAddress":{{empty}}}
            """)).Expect(200);

        string[] nulls =
        [
            "description", "accountOwner", "accountOwnerId", "accountOwnerEmail", "accountOwnerAvatarUrl", "logo", "website",
            "secondaryDomain", "billingAddress", "shippingAddress",
        ];
        Assert.All(nulls, name => Assert.NotEqual(Unset, account.RawOf(name)));
        Assert.All(nulls, name => Assert.Equal(Unset, updated.RawOf(name)));
        string[] attributes = ["status", "classification", "health", "industry"];
        Assert.All(attributes.SelectMany(name => new[] { name, name + "Id" }), name => Assert.Equal(EmptyText, updated.RawOf(name)));
        Assert.All(attributes, name => Assert.Equal("{}", updated.RawOf(name + "Configuration")));
        Assert.Equal("manual", updated.TextOf("source"));
        Assert.All(
            ["annualRevenue", "employees", "customFieldValues", "metadata", "name", "primaryDomain"],
            (string name) => Assert.Equal(account.RawOf(name), updated.RawOf(name)));
    }

    [Theory]
    [InlineData("annualRevenue", "null")]
    [InlineData("employees", "null")]
    [InlineData("metadata", "{}")]
    [InlineData("customFieldValues", "[]")]
    public async Task Update_WithNullForANumberListOrObject_ClearsItAlone(string member, string cleared)
    {
        var (tenant, account) = await CreateFullAccountAsync();
        Assert.NotEqual(cleared, account.RawOf(member));

        var updated = (await tenant.PutAccountAsync(account.Id, $$"""{"{{member}}":null}""")).Expect(200);

        Assert.Equal([member, "updatedAt"], ChangedMembers(account, updated));
        Assert.Equal(cleared, updated.RawOf(member));
        (await tenant.PutAccountAsync(account.Id, $$"""{"{{member}}":""}""")).ExpectProblem(member);
    }

    [Theory]
    [InlineData("name", "null")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "\"  \"")]
    [InlineData("primaryDomain", "null")]
    [InlineData("primaryDomain", "\"\"")]
    [InlineData("primaryDomain", "\"  \"")]
    [InlineData("primaryDomain", "\"nonsense\"")]
    [InlineData("employees", "1.5")]
    [InlineData("logo", "\"nonsense\"")]
    public async Task Update_WithAWrongValue_NamesTheMemberAndChangesNothing(string member, string value)
    {
        var (tenant, account) = await CreateFullAccountAsync();

        (await tenant.PutAccountAsync(account.Id, $$"""{"description":"new","{{member}}":{{value}}}""")).ExpectProblem(member);

        Assert.Equal(account.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    [Theory]
    [InlineData("status", "Account status not found!")]
    [InlineData("classification", "Account classification not found!")]
    [InlineData("health", "Account health not found!")]
    [InlineData("industry", "Account industry not found!")]
    [InlineData("accountOwnerId", "Account owner not found!")]
    public async Task Update_WithAReferenceThatNamesNothing_AnswersNotFoundAndChangesNothing(string member, string message)
    {
        var (tenant, account) = await CreateFullAccountAsync();

        (await tenant.PutAccountAsync(account.Id, $$"""{"name":"New","{{member}}":"nothing"}""")).ExpectError(404, message);

        Assert.Equal(account.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    [Fact]
    public async Task Update_OfAnUnknownAccount_AnswersNotFound()
    {
        var tenant = await server.CreateTenantAsync();
        var stranger = await (await server.CreateTenantAsync()).CreateAccountAsync();

        foreach (var id in (string[])["nothing", "01HZZZZZZZZZZZZZZZZZZZZZZZ", stranger.Id])
        {
            (await tenant.PutAccountAsync(id, new { name = "New" })).ExpectError(404, "Account not found!");
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"unknown":1,"id":"x","createdAt":"2020-01-01T00:00:00.000Z"}""")]
    [InlineData("""{"addExistingUsersToAccountContacts":true}""")]
    public async Task Update_WithNothing_ChangesNothing(string body)
    {
        var (tenant, account) = await CreateFullAccountAsync();

        Assert.Equal(account.Text, (await tenant.PutAccountAsync(account.Id, body)).Expect(200).Text);
        Assert.Equal(account.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    [Fact]
    public async Task Update_WithTheValuesItHas_LeavesUpdatedAt()
    {
        var (tenant, account) = await CreateFullAccountAsync();
        var same = new JsonObject();
        foreach (var name in (string[])
        [
            "name", "description", "source", "logo", "status", "classification", "health", "industry", "primaryDomain", "secondaryDomain",
            "accountOwnerId",
            "annualRevenue", "employees", "website", "billingAddress", "shippingAddress", "customFieldValues", "metadata",
        ])
        {
            same[name] = JsonNode.Parse(account.RawOf(name));
        }

        Assert.Equal(account.Text, (await tenant.PutAccountAsync(account.Id, same)).Expect(200).Text);
        Assert.Equal(account.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    [Theory]
    [InlineData("""{"metadata":{"b":{"d":"x","c":null},"a":1}}""")]
    [InlineData("""{"metadata":{"a":1.0,"b":{"c":null,"d":"x"}}}""")]
    [InlineData("""{"annualRevenue":1250000.50,"employees":1.2e2}""")]
    [InlineData("""{"name":"  Acme  ","status":" aCTive "}""")]
    public async Task Update_WithTheSameValuesInAnotherForm_LeavesUpdatedAt(string changes)
    {
        var (tenant, account) = await CreateFullAccountAsync();

        var updated = (await tenant.PutAccountAsync(account.Id, changes)).Expect(200);

        Assert.Equal(account.TextOf("updatedAt"), updated.TextOf("updatedAt"));
    }

    [Theory]
    [InlineData("""{"metadata":{"b":{"d":"y","c":null},"a":1}}""", "metadata")]
    [InlineData("""{"metadata":{"a":1}}""", "metadata")]
    [InlineData("""{"name":"acme"}""", "name")]
    [InlineData("""{"employees":121}""", "employees")]
    [InlineData("""{"annualRevenue":1250000.5001}""", "annualRevenue")]
    public async Task Update_WithOneOtherValue_ChangesItAndMovesUpdatedAt(string changes, string member)
    {
        var (tenant, account) = await CreateFullAccountAsync();

        var updated = (await tenant.PutAccountAsync(account.Id, changes)).Expect(200);

        Assert.Equal([member, "updatedAt"], ChangedMembers(account, updated));
        Assert.True(string.CompareOrdinal(updated.TextOf("updatedAt"), account.TextOf("updatedAt")) > 0);
        Assert.Equal(updated.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    [Theory]
    [InlineData("""[{"customFieldId":"{0}","data":6},{"customFieldId":"{1}","data":"two"}]""")]
    [InlineData("""[{"customFieldId":"{0}","data":5,"metadata":{"a":1}},{"customFieldId":"{1}","data":"two"}]""")]
    [InlineData("""[{"customFieldId":"{1}","data":"two"},{"customFieldId":"{0}","data":5}]""")]
    [InlineData("""[{"customFieldId":"{0}","data":5},{"customFieldId":"{1}","data":null}]""")]
    [InlineData("""[{"customFieldId":"{1}","data":"two"}]""")]
    [InlineData("[]")]
    public async Task Update_WithOtherCustomFieldValues_ReplacesThemAndMovesUpdatedAt(string template)
    {
        var (tenant, account, values) = await CreateAccountWithCustomFieldsAsync(template);

        var updated = (await tenant.PutAccountAsync(account.Id, Given.Member("customFieldValues", values))).Expect(200);

        Assert.Equal(["customFieldValues", "updatedAt"], ChangedMembers(account, updated));
        var expected = JsonNode.Parse(values)!.AsArray()
            .Where(value => value!["data"] is not null)
            .Select(value => value!["data"]!.ToJsonString());
        Assert.Equal(expected, updated["customFieldValues"].EnumerateArray().Select(value => value.GetProperty("data").GetRawText()));
        Assert.Equal(updated.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    [Theory]
    [InlineData("""[{"customFieldId":"{0}","data":5},{"customFieldId":"{1}","data":"two"}]""")]
    [InlineData("""[{"fieldId":"{0}","value":5,"metadata":{}},{"fieldId":"{1}","value":"two","metadata":null}]""")]
    [InlineData("""[{"customFieldId":"{0}","data":5.0},{"customFieldId":"{1}","data":"two"}]""")]
    public async Task Update_WithTheSameCustomFieldValues_LeavesUpdatedAt(string template)
    {
        var (tenant, account, values) = await CreateAccountWithCustomFieldsAsync(template);

        var updated = (await tenant.PutAccountAsync(account.Id, $$"""{"customFieldValues":{{values}}}""")).Expect(200);

        Assert.Equal(account.TextOf("updatedAt"), updated.TextOf("updatedAt"));
    }

    [Fact]
    public async Task Update_WithoutAMandatoryCustomField_IsFree()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        await tenant.CreateIntegerFieldAsync("""{"mandatoryOnCreation":true}""");

        (await tenant.PutAccountAsync(account.Id, """{"name":"New","customFieldValues":[]}""")).Expect(200);
    }

    [Fact]
    public async Task Update_WithTheDomainOfAnother_AnswersConflictWithItsIdAndChangesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var other = await tenant.CreateAccountAsync();
        var account = await tenant.CreateAccountAsync();

        var answer = (
            await tenant.PutAccountAsync(
                account.Id, new { name = "New", primaryDomain = $"https://WWW.{other.TextOf("primaryDomain").ToUpperInvariant()}/x" }))
            .ExpectError(409, "An account with this primary domain already exists!");

        Assert.Equal(other.Id, answer.TextOf("existingId"));
        Assert.Equal(account.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    [Fact]
    public async Task Update_WithItsOwnDomainInAnotherForm_ChangesNothing()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        var primaryDomain = $"@WWW.{account.TextOf("primaryDomain").ToUpperInvariant()}.";

        Assert.Equal(account.Text, (await tenant.PutAccountAsync(account.Id, new { primaryDomain })).Expect(200).Text);
    }

    [Fact]
    public async Task Update_AwayFromADomain_FreesIt()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        (await tenant.PutAccountAsync(account.Id, new { primaryDomain = Given.NewDomain() })).Expect(200);

        await tenant.CreateAccountAsync(new { primaryDomain = account.TextOf("primaryDomain") });
    }

    [Fact]
    public async Task Update_WithRandomSequencesOfChanges_GivesWhatAModelGives()
    {
        var tenant = await server.CreateTenantAsync();
        var owner = JsonNode.Parse($"\"{tenant.User.Id}\"")!.ToJsonString();
        (string Member, string Written, string Shown)[] cases =
        [
            ("name", "\" Beta \"", "\"Beta\""), ("name", "\"Gamma\"", "\"Gamma\""),
            ("description", Unset, Unset), ("description", EmptyText, Unset), ("description", "\" d \"", "\" d \""),
            ("source", Unset, "\"manual\""), ("source", EmptyText, "\"manual\""), ("source", "\"crm\"", "\"crm\""),
            ("accountOwnerId", Unset, Unset), ("accountOwnerId", EmptyText, Unset), ("accountOwnerId", owner, owner),
            ("logo", Unset, Unset), ("logo", "\"https://acme.com/l\"", "\"https://acme.com/l\""),
            ("website", EmptyText, Unset), ("website", "\"acme.com\"", "\"https://acme.com\""),
            ("website", "\"https://acme.com\"", "\"https://acme.com\""),
            ("status", Unset, EmptyText), ("status", "\"active\"", "\"ACTIVE\""), ("status", "\"Trial\"", "\"TRIAL\""),
            ("classification", EmptyText, EmptyText), ("classification", "\"smb\"", "\"SMB\""),
            ("health", Unset, EmptyText), ("health", "\"RED\"", "\"RED\""),
            ("industry", Unset, EmptyText), ("industry", "\"finance\"", "\"Finance\""),
            ("secondaryDomain", Unset, Unset), ("secondaryDomain", "\"https://www.ACME.org/x\"", "\"acme.org\""),
            ("annualRevenue", Unset, Unset), ("annualRevenue", "1e2", "100"), ("annualRevenue", "0.5000", "0.5"),
            ("employees", Unset, Unset), ("employees", "7.0", "7"),
            ("billingAddress", EmptyText, Unset), ("billingAddress", "\"b\"", "\"b\""),
            ("shippingAddress", Unset, Unset), ("shippingAddress", "\"s\"", "\"s\""),
            ("metadata", Unset, "{}"), ("metadata", """{"a":1.0}""", """{"a":1.0}"""), ("metadata", """{"b":[]}""", """{"b":[]}"""),
        ];
        var sequences = Gen.OneOf(cases).Array[0, 8].Array[1, 8];

        await sequences.SampleAsync(
            async sequence =>
            {
                var account = await tenant.CreateAccountAsync();
                var model = cases.Select(one => one.Member).Distinct().ToDictionary(member => member, account.RawOf);
                foreach (var step in sequence)
                {
                    var changes = step.DistinctBy(change => change.Member).ToList();
                    var changed = changes.Any(change => model[change.Member] != change.Shown);
                    changes.ForEach(change => model[change.Member] = change.Shown);
                    await Task.Delay(2, TestContext.Current.CancellationToken);
                    var updated = (
                        await tenant.PutAccountAsync(
                            account.Id,
                            $"{{{string.Join(',', changes.Select(change => $"\"{change.Member}\":{change.Written}"))}}}")).Expect(200);

                    Assert.Equal(model, model.Keys.ToDictionary(member => member, updated.RawOf));
                    Assert.Equal(changed, updated.TextOf("updatedAt") != account.TextOf("updatedAt"));
                    Assert.Equal(updated.Text, (await tenant.GetAccountAsync(account.Id)).Text);
                    account = updated;
                }
            },
            iter: 30,
            threads: 1);
    }

    private static string[] ChangedMembers(Answer before, Answer after) =>
    [
        .. before.Json.EnumerateObject()
            .Where(member => member.Value.GetRawText() != after.RawOf(member.Name))
            .Select(member => member.Name),
    ];

    private async Task<(Tenant Tenant, Answer Account)> CreateFullAccountAsync()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync();
        var account = await tenant.CreateAccountAsync(new
        {
            name = "Acme",
            description = "Old",
            source = "crm",
            accountOwnerId = tenant.User.Id,
            logo = "https://acme.com/logo.png",
            website = "acme.com",
            secondaryDomain = "acme.org",
            status = "ACTIVE",
            classification = "SMB",
            health = "GREEN",
            industry = "Retail",
            annualRevenue = 1250000.5,
            employees = 120,
            billingAddress = "b",
            shippingAddress = "s",
            customFieldValues = new[] { new { customFieldId = field, data = 5 } },
            metadata = new { a = 1, b = new { c = (int?)null, d = "x" } },
        });
        await Task.Delay(2, TestContext.Current.CancellationToken);
        return (tenant, account);
    }

    private async Task<(Tenant Tenant, Answer Account, string Values)> CreateAccountWithCustomFieldsAsync(string template)
    {
        var tenant = await server.CreateTenantAsync();
        string[] fields = [await tenant.CreateIntegerFieldAsync(), (await tenant.CreateCustomFieldAsync()).Text("uid")];
        var account = await tenant.CreateAccountAsync(new
        {
            customFieldValues = new object[]
            {
                new { customFieldId = fields[0], data = 5 },
                new { customFieldId = fields[1], data = "two" },
            },
        });
        await Task.Delay(2, TestContext.Current.CancellationToken);
        return (
            tenant,
            account,
            template.Replace("{0}", fields[0], StringComparison.Ordinal).Replace("{1}", fields[1], StringComparison.Ordinal));
    }
}
