using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class CreateAccountTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string[] Members =
    [
        "id", "name", "description", "source", "logo", "statusId", "status", "statusConfiguration", "classificationId", "classification",
        "classificationConfiguration",
        "healthId", "health", "healthConfiguration", "industryId", "industry", "industryConfiguration", "primaryDomain", "secondaryDomain",
        "accountOwner", "accountOwnerId",
        "accountOwnerEmail", "accountOwnerAvatarUrl", "annualRevenue", "employees", "website", "billingAddress", "shippingAddress",
        "customFieldValues", "metadata", "createdAt", "updatedAt",
    ];

    [Fact]
    public async Task Create_WithNameAndDomain_AnswersTheAccountAsGetDoes()
    {
        var tenant = await server.CreateTenantAsync();

        var created = (await tenant.Client.Post("/v1/accounts", new { name = " Acme ", primaryDomain = "https://www.Acme.com/about" }))
            .Expect(201);

        Assert.Equal("Acme", created.TextOf("name"));
        Assert.Equal("acme.com", created.TextOf("primaryDomain"));
        Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
    }

    [Fact]
    public async Task Create_WithNothingOptional_AnswersAllMembersInOrderAndRequiredOnesNeverNull()
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateAccountAsync();

        Assert.Equal(Members, created.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("manual", created.TextOf("source"));
        string[] attributes = ["status", "classification", "health", "industry"];
        Assert.All(attributes.SelectMany(name => new[] { name, name + "Id" }), name => Assert.Equal("", created.TextOf(name)));
        Assert.All([.. attributes.Select(name => name + "Configuration"), "metadata"], name => Assert.Equal("{}", created.RawOf(name)));
        Assert.Equal("[]", created.RawOf("customFieldValues"));
        Assert.All(
            (string[])
            [
                "description", "logo", "secondaryDomain", "accountOwner", "accountOwnerId", "accountOwnerEmail", "accountOwnerAvatarUrl",
                "annualRevenue", "employees", "website", "billingAddress", "shippingAddress",
            ],
            name => Assert.Equal(JsonValueKind.Null, created[name].ValueKind));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", created.TextOf("createdAt"));
        Assert.Equal(created.TextOf("createdAt"), created.TextOf("updatedAt"));
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", created.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_WithEverythingSet_AnswersEverythingAsGetDoes(bool byId)
    {
        var tenant = await server.CreateTenantAsync();
        var owner = await server.CreateUserAsync(tenant.OrganizationId, "Grace Hopper");
        var hot = await tenant.CreateAttributeValueAsync("account_status", "Hot", new { icon = "fire", color = "#FF0000" });
        string[] ids =
        [
            hot.Id,
            await tenant.FindAttributeValueIdAsync("account_classification", "ENTERPRISE"),
            await tenant.FindAttributeValueIdAsync("account_health", "GREEN"),
            await tenant.FindAttributeValueIdAsync("account_industry", "Technology"),
        ];
        string[] named = byId ? ids : ["hOT", "Enterprise", "green", " TECHNOLOGY "];
        var domain = Given.NewDomain();
        var field = await tenant.CreateIntegerFieldAsync();

        var created = await tenant.CreateAccountAsync(new
        {
            name = "\u00a0Bücher & Söhne \t",
            primaryDomain = $" HTTPS://www.{domain.ToUpperInvariant()}:8080/a?b#c ",
            description = " Kept as it is. ",
            source = " crm ",
            accountOwnerId = owner.Id,
            logo = " https://acme.com/logo.png ",
            status = named[0],
            classification = named[1],
            health = named[2],
            industry = named[3],
            secondaryDomain = "@Bücher.example.",
            annualRevenue = 1250000.5,
            employees = 120,
            website = "www.acme.com/Über",
            billingAddress = "1 Desert Road",
            shippingAddress = "2 Desert Road",
            customFieldValues = new[] { new { customFieldId = field, data = 5, metadata = new { note = "n" } } },
            addExistingUsersToAccountContacts = true,
            metadata = new { key = "value" },
            unknown = "ignored",
        });

        Assert.Equal(Members, created.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            [
                "Bücher & Söhne", " Kept as it is. ", "crm", "https://acme.com/logo.png", "Hot", hot.Id, "ENTERPRISE", ids[1], "GREEN",
                ids[2], "Technology", ids[3],
                domain, "xn--bcher-kva.example", "Grace Hopper", owner.Id, owner.Email, "https://example.com/avatar.png",
                "https://www.acme.com/Über", "1 Desert Road", "2 Desert Road",
            ],
            [.. ((string[])
            [
                "name", "description", "source", "logo", "status", "statusId", "classification", "classificationId", "health", "healthId",
                "industry", "industryId",
                "primaryDomain", "secondaryDomain", "accountOwner", "accountOwnerId", "accountOwnerEmail", "accountOwnerAvatarUrl",
                "website", "billingAddress", "shippingAddress",
            ]).Select(created.TextOf)]);
        Assert.Equal(hot.RawOf("configuration"), created.RawOf("statusConfiguration"));
        Assert.Equal("fire", created["statusConfiguration"].GetProperty("icon").GetString());
        Assert.Equal("1250000.5", created.RawOf("annualRevenue"));
        Assert.Equal("120", created.RawOf("employees"));
        Assert.Equal($$$"""[{"customFieldId":"{{{field}}}","data":5,"metadata":{"note":"n"}}]""", created.RawOf("customFieldValues"));
        Assert.Equal("""{"key":"value"}""", created.RawOf("metadata"));
        Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    public async Task Create_WithEmptyTexts_LeavesThemUnset(string empty)
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateAccountAsync($$"""
            {"source":{{empty}},"logo":{{empty}},"website":{{empty}},"secondaryDomain":{{empty}},
            "status":{{empty}},"classification":{{empty}},"health":{{empty}},"industry":{{empty}}}
            """);

        Assert.Equal("manual", created.TextOf("source"));
        Assert.All(["logo", "website", "secondaryDomain"], (string name) => Assert.Equal("null", created.RawOf(name)));
        Assert.All(["status", "classification", "health", "industry"], (string name) => Assert.Equal("", created.TextOf(name)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task Create_WithEmptyFreeTextsAndOwner_LeavesThemUnset(string empty)
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateAccountAsync($$"""
            {"description":{{empty}},"billingAddress":{{empty}},"shippingAddress":{{empty}},"accountOwnerId":{{empty}}}
            """);

        Assert.All(
            ["description", "billingAddress", "shippingAddress", "accountOwnerId", "accountOwner"],
            (string name) => Assert.Equal("null", created.RawOf(name)));
    }

    [Fact]
    public async Task Create_WithNullNumbersAndObjects_LeavesThemUnset()
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateAccountAsync("""
            {"annualRevenue":null,"employees":null,"customFieldValues":null,"metadata":null,"addExistingUsersToAccountContacts":null}
            """);

        Assert.Equal(
            ["null", "null", "[]", "{}"],
            [.. ((string[])["annualRevenue", "employees", "customFieldValues", "metadata"]).Select(created.RawOf)]);
    }

    [Theory]
    [InlineData("account_status", "status")]
    [InlineData("account_classification", "classification")]
    [InlineData("account_health", "health")]
    [InlineData("account_industry", "industry")]
    public async Task Create_WithADefaultValueOfTheKind_GetsItUnlessAnotherIsNamed(string attribute, string member)
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync(attribute, "Usual", new { isDefault = true });
        await tenant.CreateAttributeValueAsync(attribute, "Unusual");

        Assert.Equal(value.Id, (await tenant.CreateAccountAsync()).TextOf(member + "Id"));
        Assert.Equal("Usual", (await tenant.CreateAccountAsync($$"""{"{{member}}":null}""")).TextOf(member));
        Assert.Equal("Unusual", (await tenant.CreateAccountAsync($$"""{"{{member}}":"unusual"}""")).TextOf(member));
    }

    [Theory]
    [InlineData("name", "null")]
    [InlineData("name", "\"\"")]
    [InlineData("name", "\" \\t\"")]
    [InlineData("primaryDomain", "null")]
    [InlineData("primaryDomain", "\"\"")]
    [InlineData("primaryDomain", "\"  \"")]
    public async Task Create_WithoutARequiredMember_NamesIt(string member, string value)
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.PostAccountAsync($$"""{"{{member}}":{{value}}}""");

        answer.ExpectError(400, $"{member} is required").ExpectProblem(member);
    }

    [Fact]
    public async Task Create_WithAnEmptyObject_NamesEveryRequiredMember()
    {
        var tenant = await server.CreateTenantAsync();

        Assert.Equal(
            ["name", "primaryDomain"],
            (await tenant.Client.Post(Paths.Accounts, "{}")).ExpectError(400, "name is required").ProblemFields());
    }

    [Theory]
    [InlineData("annualRevenue", "100", 100)]
    [InlineData("annualRevenue", "100.0", 100)]
    [InlineData("annualRevenue", "1e2", 100)]
    [InlineData("annualRevenue", "0", 0)]
    [InlineData("annualRevenue", "-0.0", 0)]
    [InlineData("annualRevenue", "0.0001", 0.0001)]
    [InlineData("annualRevenue", "1.23450", 1.2345)]
    [InlineData("annualRevenue", "12345e-4", 1.2345)]
    [InlineData("annualRevenue", "1.5E+3", 1500)]
    [InlineData("employees", "100", 100)]
    [InlineData("employees", "100.0", 100)]
    [InlineData("employees", "1e2", 100)]
    [InlineData("employees", "0", 0)]
    [InlineData("employees", "2147483647", 2147483647)]
    [InlineData("employees", "2147483647.000", 2147483647)]
    public async Task Create_WithANumberInAnyForm_KeepsItsValue(string member, string written, double value)
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateAccountAsync($$"""{"{{member}}":{{written}}}""");

        Assert.Equal(value, created[member].GetDouble());
        Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
    }

    [Fact]
    public async Task Create_WithTheLargestRevenue_KeepsEveryDigit()
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateAccountAsync("""{"annualRevenue":999999999999999.9999}""");

        Assert.Equal("999999999999999.9999", created.RawOf("annualRevenue"));
        Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
    }

    /// <summary>Computing such a number takes hours, so the answer comes only if it is never computed.</summary>
    [Theory]
    [InlineData("annualRevenue", "")]
    [InlineData("annualRevenue", "0.")]
    [InlineData("employees", "")]
    [InlineData("employees", "1.")]
    public async Task Create_WithANumberOfMillionsOfDigits_NamesTheMember(string member, string before)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostRawAccountAsync(member, before + new string('7', 9_000_000))).ExpectProblem(member);
    }

    [Theory]
    [InlineData("annualRevenue", "-1")]
    [InlineData("annualRevenue", "-0.0001")]
    [InlineData("annualRevenue", "1e15")]
    [InlineData("annualRevenue", "1000000000000000")]
    [InlineData("annualRevenue", "1e400")]
    [InlineData("annualRevenue", "0.00001")]
    [InlineData("annualRevenue", "1e-30")]
    [InlineData("annualRevenue", "1e999999999")]
    [InlineData("annualRevenue", "1e-999999999")]
    [InlineData("annualRevenue", "1e99999999999999999999")]
    [InlineData("annualRevenue", "100.0000000000000000000000000000000001")]
    [InlineData("annualRevenue", "\"100\"")]
    [InlineData("annualRevenue", "\"\"")]
    [InlineData("annualRevenue", "true")]
    [InlineData("annualRevenue", "[]")]
    [InlineData("employees", "-1")]
    [InlineData("employees", "1.5")]
    [InlineData("employees", "2147483648")]
    [InlineData("employees", "1e10")]
    [InlineData("employees", "1e400")]
    [InlineData("employees", "1e999999999")]
    [InlineData("employees", "7.0000000000000000000000000000000001")]
    [InlineData("employees", "1e-40")]
    [InlineData("employees", "\"100\"")]
    [InlineData("employees", "\"\"")]
    [InlineData("employees", "{}")]
    [InlineData("name", "5")]
    [InlineData("primaryDomain", "[\"acme.com\"]")]
    [InlineData("addExistingUsersToAccountContacts", "\"true\"")]
    [InlineData("addExistingUsersToAccountContacts", "1")]
    [InlineData("metadata", "[]")]
    [InlineData("metadata", "\"\"")]
    [InlineData("metadata", "5")]
    [InlineData("customFieldValues", "{}")]
    [InlineData("customFieldValues", "\"\"")]
    [InlineData("name", "\"a\\u0000b\"")]
    [InlineData("description", "\"a\\u0000b\"")]
    [InlineData("description", "\"a\\ud800b\"")]
    [InlineData("metadata", "{\"a\":{\"b\":[\"\\u0000\"]}}")]
    public async Task Create_WithAWrongValue_NamesTheMember(string member, string written)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostRawAccountAsync(member, written)).ExpectProblem(member);
    }

    [Theory]
    [InlineData("name", 255)]
    [InlineData("source", 255)]
    [InlineData("description", 32_768)]
    [InlineData("billingAddress", 2_048)]
    [InlineData("shippingAddress", 2_048)]
    public async Task Create_WithATextAtItsLimit_TakesItAndNotOneMore(string member, int limit)
    {
        var tenant = await server.CreateTenantAsync();
        var longest = new string('é', limit - 2) + "😀";

        Assert.Equal(longest, (await tenant.CreateAccountAsync(new Dictionary<string, string> { [member] = longest })).TextOf(member));
        (await tenant.PostAccountAsync(new Dictionary<string, string> { [member] = longest + "x" })).ExpectProblem(member);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("source")]
    public async Task Create_WithBlanksAroundTheLongestText_TakesIt(string member)
    {
        var tenant = await server.CreateTenantAsync();
        var longest = new string('x', 255);

        Assert.Equal(
            longest,
            (await tenant.CreateAccountAsync(new Dictionary<string, string> { [member] = $" {longest}  " })).TextOf(member));
    }

    [Theory]
    [InlineData("acme.com", "https://acme.com")]
    [InlineData(" acme.com/path?q=1 ", "https://acme.com/path?q=1")]
    [InlineData("acme.com:8080/x", "https://acme.com:8080/x")]
    [InlineData("localhost:3000", "https://localhost:3000")]
    [InlineData("http://acme.com", "http://acme.com")]
    [InlineData("HTTPS://Acme.com/A", "HTTPS://Acme.com/A")]
    public async Task Create_WithAWebsite_CompletesTheScheme(string written, string website)
    {
        var tenant = await server.CreateTenantAsync();

        Assert.Equal(website, (await tenant.CreateAccountAsync(new { website = written })).TextOf("website"));
    }

    [Theory]
    [InlineData("website", "ftp://acme.com")]
    [InlineData("website", "javascript:alert(1)")]
    [InlineData("website", "mailto:me@acme.com")]
    [InlineData("website", "https://")]
    [InlineData("website", "http:///path")]
    [InlineData("website", "acme com")]
    [InlineData("website", "https://ac\u00a0me.com")]
    [InlineData("logo", "acme.com/logo.png")]
    [InlineData("logo", "/logo.png")]
    [InlineData("logo", "//acme.com/logo.png")]
    [InlineData("logo", "https:acme.com")]
    [InlineData("logo", "data:image/png;base64,AAAA")]
    [InlineData("logo", "file:///etc/passwd")]
    [InlineData("logo", "not a url")]
    public async Task Create_WithABadUrl_NamesTheMember(string member, string url)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostAccountAsync(new Dictionary<string, string> { [member] = url })).ExpectProblem(member);
    }

    [Theory]
    [InlineData("logo", "https://acme.com/")]
    [InlineData("website", "https://acme.com/")]
    [InlineData("website", "acme.com/")]
    public async Task Create_WithAUrlAtItsLimit_TakesItAndNotOneMore(string member, string start)
    {
        var tenant = await server.CreateTenantAsync();
        var longest = start + new string('x', 2_048 - "https://acme.com/".Length);

        await tenant.CreateAccountAsync(new Dictionary<string, string> { [member] = longest });
        (await tenant.PostAccountAsync(new Dictionary<string, string> { [member] = longest + "x" })).ExpectProblem(member);
    }

    [Theory]
    [InlineData("primaryDomain")]
    [InlineData("secondaryDomain")]
    public async Task Create_WithWhatIsNoDomain_NamesTheMember(string member)
    {
        var tenant = await server.CreateTenantAsync();
        string[] wrong =
        [
            "acme", "localhost", "127.0.0.1", "[::1]", "http://", "a..b", ".com", "-a.com", "a-.com", "a_b.com", "acme.com,acme.org",
            "acme .com", "acme.123",
            "@", "www.", new string('a', 64) + ".com", string.Join(
                '.', Enumerable.Repeat(new string('a', 60), 5)) + ".com", "mailto:me@", "\"acme.com\"", "ac\u0007me.com",
        ];
        foreach (var domain in wrong)
        {
            (await tenant.PostAccountAsync(new Dictionary<string, string> { [member] = domain })).ExpectProblem(member);
        }
    }

    [Theory]
    [InlineData("status", "Account status not found!")]
    [InlineData("classification", "Account classification not found!")]
    [InlineData("health", "Account health not found!")]
    [InlineData("industry", "Account industry not found!")]
    [InlineData("accountOwnerId", "Account owner not found!")]
    public async Task Create_WithAReferenceThatNamesNothing_AnswersNotFound(string member, string message)
    {
        var tenant = await server.CreateTenantAsync();
        var stranger = await server.CreateTenantAsync();
        var ofAnotherKind = await tenant.FindAttributeValueIdAsync("contact_type", "PRIMARY");
        var ofAnotherOrganization = member == "accountOwnerId"
            ? stranger.User.Id
            : await stranger.FindAttributeValueIdAsync($"account_{member}", await FirstValueAsync(stranger, member));
        foreach (var reference in (string[])["nothing", "01HZZZZZZZZZZZZZZZZZZZZZZZ", ofAnotherKind, ofAnotherOrganization])
        {
            (await tenant.PostAccountAsync(new Dictionary<string, string> { [member] = reference })).ExpectError(404, message);
        }

        Assert.Equal("[]", (await tenant.ListAccountsAsync()).Text);
    }

    [Fact]
    public async Task Create_WithAnUnknownCustomField_AnswersNotFound()
    {
        var tenant = await server.CreateTenantAsync();
        var ofAnotherOrganization = await (await server.CreateTenantAsync()).CreateIntegerFieldAsync();
        foreach (var field in (string[])["nothing", "01HZZZZZZZZZZZZZZZZZZZZZZZ", ofAnotherOrganization])
        {
            (await tenant.PostAccountAsync(new { customFieldValues = new[] { new { customFieldId = field, data = 5 } } }))
                .ExpectError(404, "Custom field not found!");
        }
    }

    [Fact]
    public async Task Create_WithADomainThatExists_AnswersConflictWithItsId()
    {
        var tenant = await server.CreateTenantAsync();
        var domain = Given.NewDomain();
        var first = await tenant.CreateAccountAsync(new { primaryDomain = domain });

        foreach (var form in (string[])[domain, domain.ToUpperInvariant(), $"https://www.{domain}/x", $"@{domain}."])
        {
            var answer = (await tenant.PostAccountAsync(new { primaryDomain = form }))
                .ExpectError(409, "An account with this primary domain already exists!");
            Assert.Equal(first.Id, answer.TextOf("existingId"));
        }

        await (await server.CreateTenantAsync()).CreateAccountAsync(new { primaryDomain = domain });
    }

    [Fact]
    public async Task Create_WithTheDomainOfADeletedAccount_Creates()
    {
        var tenant = await server.CreateTenantAsync();
        var domain = Given.NewDomain();
        var first = await tenant.CreateAccountAsync(new { primaryDomain = domain });
        (await tenant.DeleteAccountAsync(first.Id)).Expect(200);

        Assert.NotEqual(first.Id, (await tenant.CreateAccountAsync(new { primaryDomain = domain })).Id);
    }

    [Fact]
    public async Task Create_WithTheSecondaryDomainOfAnother_Creates()
    {
        var tenant = await server.CreateTenantAsync();
        var domain = Given.NewDomain();
        await tenant.CreateAccountAsync(new { primaryDomain = domain });

        await tenant.CreateAccountAsync(new { secondaryDomain = domain });
        await tenant.CreateAccountAsync(new { secondaryDomain = domain });
    }

    [Theory]
    [InlineData("""{"b":1.0,"a":1e400,"c":{"z":[1,2.50,{"y":null}],"a":"x"},"big":123456789012345678901234567890.12}""")]
    [InlineData("""{"":"empty name","é":"Ж","quote\"":"back\\slash","n":-0,"t":[true,false,null,[],{}]}""")]
    [InlineData("""{"__proto__":1,"$type":"x","a":1E5,"A":2}""")]
    public async Task Create_WithMetadata_KeepsItAsWritten(string metadata)
    {
        var tenant = await server.CreateTenantAsync();

        var created = (await tenant.PostRawAccountAsync("metadata", metadata)).Expect(201);

        Assert.Equal(metadata, created.RawOf("metadata"));
        Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"a":"\uD83D\uDE00"}""")]
    [InlineData("""{"b":{"a":1,"\u0061":2}}""")]
    public async Task Create_WithAMemberTwiceInMetadata_IsRefused(string metadata)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostRawAccountAsync("metadata", metadata)).ExpectError(400, "Request body contains a member twice");
    }

    [Fact]
    public async Task Create_WithMetadataAtItsLimit_TakesItAndNotOneByteMore()
    {
        var tenant = await server.CreateTenantAsync();
        var frame = """{"a":""}""".Length;

        await tenant.CreateAccountAsync($$"""{"metadata":{ "a" : "{{new string('x', 65_536 - frame)}}" } }""");
        (await tenant.PostAccountAsync(new { metadata = new { a = new string('x', 65_537 - frame) } })).ExpectProblem("metadata");
        (await tenant.PostAccountAsync(new { metadata = new { a = new string('é', (65_538 - frame) / 2) } })).ExpectProblem("metadata");
    }

    [Fact]
    public async Task Create_WithCharactersBeyondTheBasicPlane_KeepsThemAndCountsTheirBytes()
    {
        var tenant = await server.CreateTenantAsync();
        var emoji = string.Concat(Enumerable.Repeat("😀", 16_000));

        var created = (await tenant.PostRawAccountAsync("metadata", $$"""{"😀":"{{emoji}}"}""")).Expect(201);

        Assert.Equal(emoji, created["metadata"].GetProperty("😀").GetString());
        Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
    }

    [Theory]
    [InlineData("integer", "{}", "5", "\"5\"")]
    [InlineData("integer", "{}", "5.0", "5.5")]
    [InlineData("integer", "{}", "1234567890123456789012345678", "true")]
    [InlineData("integer", "{}", "1e2", "1e-40")]
    [InlineData("decimal", "{}", "5.50", "\"5\"")]
    [InlineData("currency", "{}", "1e2", "true")]
    [InlineData("rating", "{}", "4", "[4]")]
    [InlineData("date", "{}", "\"2024-02-29\"", "\"2023-02-29\"")]
    [InlineData("date_time", "{}", "\"2023-12-07T10:30:00.000Z\"", "\"2023-12-07\"")]
    [InlineData("time", "{}", "\"23:59:59\"", "\"24:00\"")]
    [InlineData("time", "{}", "\"23:59\"", "\"9:30\"")]
    [InlineData("single_choice", """{"options":["a","b"]}""", "\"a\"", "\"c\"")]
    [InlineData("radio_button", """{"options":[{"value":"a"}]}""", "\"a\"", "[\"a\"]")]
    [InlineData("multi_choice", """{"options":["a","b"]}""", "[\"b\",\"a\"]", "[\"a\",\"c\"]")]
    [InlineData("checkbox", """{"options":["a"]}""", "true", "\"a\"")]
    [InlineData("checkbox", """{"options":["a"]}""", "[\"a\"]", "[1]")]
    [InlineData("email", "{}", "\"me@acme.com\"", "\"me\"")]
    [InlineData("url", "{}", "\"https://acme.com\"", "\"acme\"")]
    [InlineData("ip_address", "{}", "\"10.0.0.1\"", "\"10.1\"")]
    [InlineData("ip_address", "{}", "\"::1\"", "\"10.0.0.256\"")]
    [InlineData("phone_number", "{}", "\"+49 30 1234567\"", "\"1234567\"")]
    [InlineData("toggle", "{}", "true", "\"true\"")]
    [InlineData("boolean", "{}", "false", "0")]
    [InlineData("coordinates", "{}", """{"latitude":1.5,"longitude":-2}""", """{"latitude":1.5}""")]
    [InlineData("regex", """{"metadata":{"pattern":"^a+$"}}""", "\"aaa\"", "\"b\"")]
    [InlineData("single_line", "{}", "\"text\"", "5")]
    [InlineData("address", "{}", "\"text\"", "{}")]
    public async Task Create_WithACustomFieldValue_ChecksItByKindAndKeepsIt(string kind, string members, string right, string wrong)
    {
        var tenant = await server.CreateTenantAsync();
        var field = (await tenant.CreateCustomFieldAsync(Given.Merge(new { fieldType = kind }, members))).Text("uid");

        var created = (await tenant.PostRawAccountAsync("customFieldValues", $$"""[{"customFieldId":"{{field}}","data":{{right}}}]"""))
            .Expect(201);
        var other = (await tenant.PostRawAccountAsync("customFieldValues", $$"""[{"fieldId":"{{field}}","value":{{right}}}]"""))
            .Expect(201);

        Assert.Equal($$$"""[{"customFieldId":"{{{field}}}","data":{{{right}}},"metadata":{}}]""", created.RawOf("customFieldValues"));
        Assert.Equal(created.RawOf("customFieldValues"), other.RawOf("customFieldValues"));
        Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
        (await tenant.PostRawAccountAsync("customFieldValues", $$"""[{"customFieldId":"{{field}}","data":{{wrong}}}]"""))
            .ExpectProblem("customFieldValues[0].data");
    }

    [Fact]
    public async Task Create_WithCustomFieldValues_KeepsTheirOrderAndDropsNull()
    {
        var tenant = await server.CreateTenantAsync();
        string[] fields =
        [
            await tenant.CreateIntegerFieldAsync(),
            await tenant.CreateIntegerFieldAsync(),
            await tenant.CreateIntegerFieldAsync(),
        ];

        var created = await tenant.CreateAccountAsync(new
        {
            customFieldValues = new object[]
            {
                new { customFieldId = fields[2], data = 2 },
                new { customFieldId = fields[1], data = (int?)null },
                new { customFieldId = fields[0], data = 0 },
            },
        });

        Assert.Equal(
            [fields[2], fields[0]],
            created["customFieldValues"].EnumerateArray().Select(value => value.GetProperty("customFieldId").GetString()));
        Assert.Equal(created.Text, (await tenant.GetAccountAsync(created.Id)).Text);
    }

    [Theory]
    [InlineData("""{"isActive":false}""")]
    [InlineData("""{"source":"customer_contact"}""")]
    [InlineData("""{"source":"ticket"}""")]
    public async Task Create_WithAFieldThatIsNotForAccounts_NamesTheItem(string members)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync(members);

        (await tenant.PostAccountAsync(new { customFieldValues = new[] { new { customFieldId = field, data = 5 } } }))
            .ExpectProblem("customFieldValues[0]");
    }

    [Fact]
    public async Task Create_WithTheSameFieldTwice_NamesTheItem()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync();
        object[] twice = [new { customFieldId = field, data = 5 }, new { fieldId = field, value = 6 }];

        (await tenant.PostAccountAsync(new { customFieldValues = twice })).ExpectProblem("customFieldValues[1]");
    }

    [Fact]
    public async Task Create_WithItemsThatAreNoValues_NamesEachOfThem()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.PostAccountAsync(
            """{"customFieldValues":[null,{},{"customFieldId":5},"x",{"customFieldId":"","data":1}]}""");

        answer.ExpectProblem("customFieldValues[0]")
            .ExpectProblem("customFieldValues[1].customFieldId")
            .ExpectProblem("customFieldValues[2].customFieldId")
            .ExpectProblem("customFieldValues[3]").ExpectProblem("customFieldValues[4].customFieldId");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task Create_WithAnEmptyFieldInOneSpelling_TakesTheOther(string empty)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync();

        var created = await tenant.CreateAccountAsync(
            $$"""{"customFieldValues":[{"customFieldId":{{empty}},"fieldId":"{{field}}","data":5}]}""");

        Assert.Equal(1, created["customFieldValues"].GetArrayLength());
    }

    [Fact]
    public async Task Create_WithoutAMandatoryCustomField_IsRefused()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync("""{"mandatoryOnCreation":true}""");
        await tenant.CreateIntegerFieldAsync("""{"mandatoryOnCreation":true,"source":"customer_contact"}""");
        await tenant.CreateIntegerFieldAsync("""{"mandatoryOnCreation":true,"isActive":false}""");

        (await tenant.PostAccountAsync()).ExpectProblem("customFieldValues");
        (await tenant.PostAccountAsync(new { customFieldValues = new[] { new { customFieldId = field, data = (int?)null } } }))
            .ExpectProblem("customFieldValues");
        await tenant.CreateAccountAsync(new { customFieldValues = new[] { new { customFieldId = field, data = 0 } } });
    }

    [Fact]
    public async Task Create_AfterACustomFieldWasDeleted_NoLongerShowsOrTakesIt()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateIntegerFieldAsync("""{"mandatoryOnCreation":true}""");
        var values = new { customFieldValues = new[] { new { customFieldId = field, data = 5 } } };
        var created = await tenant.CreateAccountAsync(values);

        (await tenant.Client.Post("/v1/custom-field/delete", new { fields = new[] { new { fieldId = field } } })).Expect(200);

        Assert.Equal("[]", (await tenant.GetAccountAsync(created.Id)).RawOf("customFieldValues"));
        (await tenant.PostAccountAsync(values)).ExpectError(404, "Custom field not found!");
        await tenant.CreateAccountAsync();
    }

    private static async Task<string> FirstValueAsync(Tenant tenant, string member) =>
        (await tenant.Client.Get($"{Paths.Accounts}/attributes?attribute=account_{member}")).Each("value")[0];
}
