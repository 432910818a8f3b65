using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Errors;

/// <summary>Sends every kind of wrong value for every member of every request body that writes.</summary>
public sealed class BadInputTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Text = "text";
    private const string Number = "number";
    private const string Boolean = "boolean";
    private const string List = "array";
    private const string Map = "object";

    private static readonly string LongText = $"\"{new string('x', 40_000)}\"";

    private static readonly (string Type, string Json)[] Inputs =
    [
        (Text, "\"text\""), (Text, "\"\""), (Text, "\" \""), (Text, "\"5\""), (Text, "\"true\""), (Text, LongText), (Text, "\"a\\u0000b\""),
        (Text, "\"\\u0000\""),
        (Text, "\"\\ud800\""), (Text, "\"' or 1=1 --\""), (Text, "\"%_\\\\\""), (Text, "\"\\u202e\\uffff\""),
        (Number, "1"), (Number, "1.5"), (Number, "-1"), (Number, "0"), (Number, "-0.0"), (Number, "1e400"), (Number, "1e28"),
        (Number, "1e29"), (Number, "1e-400"),
        (Number, "2147483648"), (Number, "9223372036854775808"), (Number, "0.00001"), (Number, $"1{new string('0', 1_000)}"),
        (Boolean, "true"), (Boolean, "false"), (List, "[]"), (List, "[null]"), (List, "[[]]"), (List, "[{}]"), (List, "[\"\\u0000\"]"),
        (List, $"[{LongText}]"),
        (Map, "{}"), (Map, """{"value":"a\u0000b"}"""), (Map, """{"a":1e400}"""), (Map, $$"""{"a":{{LongText}},"b":{{LongText}}}"""),
        ("null", "null"),
    ];

    private static readonly Dictionary<string, string> AccountMembers = new()
    {
        ["name"] = Text,
        ["primaryDomain"] = Text,
        ["description"] = Text,
        ["source"] = Text,
        ["accountOwnerId"] = Text,
        ["logo"] = Text,
        ["website"] = Text,
        ["status"] = Text,
        ["classification"] = Text,
        ["health"] = Text,
        ["industry"] = Text,
        ["secondaryDomain"] = Text,
        ["annualRevenue"] = Number,
        ["employees"] = Number,
        ["billingAddress"] = Text,
        ["shippingAddress"] = Text,
        ["customFieldValues"] = List,
        ["addExistingUsersToAccountContacts"] = Boolean,
        ["metadata"] = Map,
    };

    private static readonly Dictionary<string, string> ValueMembers = new()
    {
        ["value"] = Text,
        ["icon"] = Text,
        ["color"] = Text,
        ["isClosed"] = Boolean,
        ["isDefault"] = Boolean,
    };

    private static readonly Dictionary<string, string> FieldMembers = new()
    {
        ["name"] = Text,
        ["fieldType"] = Text,
        ["description"] = Text,
        ["options"] = List,
        ["metadata"] = Map,
        ["placeholderText"] = Text,
        ["hintText"] = Text,
        ["mandatoryOnClose"] = Boolean,
        ["mandatoryOnCreation"] = Boolean,
        ["visibleToCustomer"] = Boolean,
        ["editableByCustomer"] = Boolean,
        ["autoAddToAllForms"] = Boolean,
        ["defaultValue"] = Text,
        ["teamId"] = Text,
        ["isActive"] = Boolean,
    };

    public static TheoryData<string, string> AccountCases => Cases(AccountMembers);

    public static TheoryData<string, string> ValueCases => Cases(ValueMembers);

    public static TheoryData<string, string> FieldCases => Cases(FieldMembers);

    [Theory]
    [MemberData(nameof(AccountCases))]
    public async Task CreateAccount_WithBadInput_IsRefusedWithoutATrace(string member, string type) => await TryAllAsync(
        member, type, _ => Task.FromResult(""), (tenant, _, value) => tenant.Client.Post(
            "/v1/accounts", Given.WithRaw(Given.Account(), member, value)), "/v1/accounts?limit=100");

    [Theory]
    [MemberData(nameof(AccountCases))]
    public async Task UpdateAccount_WithBadInput_IsRefusedWithoutATrace(string member, string type) => await TryAllAsync(
        member, type, async tenant => (await tenant.CreateAccountAsync()).Id,
        (tenant, id, value) => tenant.Client.Put(
            $"/v1/accounts/{id}", Given.WithRaw(new { description = Given.NewDomain() }, member, value)), "/v1/accounts");

    [Theory]
    [MemberData(nameof(AccountCases))]
    public async Task CreateAccountsInBulk_WithBadInput_IsRefusedWithoutATrace(string member, string type) => await TryAllAsync(
        member, type, _ => Task.FromResult(""),
        (tenant, _, value) => tenant.Client.Post(
            "/v1/accounts/bulk",
            $$"""{"accounts":[{{Given.Account().ToJsonString()}},{{Given.WithRaw(Given.Account(), member, value)}}]}"""),
        "/v1/accounts?limit=100", "accounts[1].");

    [Theory]
    [MemberData(nameof(ValueCases))]
    [InlineData("attribute", Text)]
    public async Task CreateAttributeValue_WithBadInput_IsRefusedWithoutATrace(string member, string type) => await TryAllAsync(
        member, type, _ => Task.FromResult(""),
        (tenant, _, value) => tenant.Client.Post(
            "/v1/accounts/attributes", Given.WithRaw(new { attribute = "task_status", value = Given.NewDomain() }, member, value)),
        "/v1/accounts/attributes?attribute=task_status");

    [Theory]
    [MemberData(nameof(ValueCases))]
    public async Task UpdateAttributeValue_WithBadInput_IsRefusedWithoutATrace(string member, string type) => await TryAllAsync(
        member, type, async tenant => (await tenant.CreateAttributeValueAsync("task_status", "BLOCKED")).Id,
        (tenant, id, value) => tenant.PutAttributeValueAsync(id, Given.WithRaw(new { value = Given.NewDomain() }, member, value)),
        "/v1/accounts/attributes?attribute=task_status");

    [Theory]
    [MemberData(nameof(FieldCases))]
    [InlineData("source", Text)]
    public async Task CreateCustomField_WithBadInput_IsRefusedWithoutATrace(string member, string type) => await TryAllAsync(
        member, type, _ => Task.FromResult(""),
        (tenant, _, value) => tenant.Client.Post(
            "/v1/custom-field",
            Given.WithRaw(new { name = Given.NewDomain(), source = "account", fieldType = "single_line" }, member, value)),
        "/v1/accounts/account-custom-fields");

    [Theory]
    [MemberData(nameof(FieldCases))]
    public async Task UpdateCustomField_WithBadInput_IsRefusedWithoutATrace(string member, string type) => await TryAllAsync(
        member, type, async tenant => (await tenant.CreateCustomFieldAsync()).Text("uid"),
        async (tenant, id, value) => await tenant.Client.Patch("/v1/custom-field", $$"""
            {"fields":[{"fieldId":"{{id}}","version":{{(await tenant.ListCustomFieldsAsync())[0].GetProperty("version")}},
            "updates":{{Given.WithRaw(new { hintText = Given.NewDomain() }, member, value)}}}]}
            """),
        "/v1/accounts/account-custom-fields", "fields[0].updates.");

    [Theory]
    [InlineData("fieldId", Text)]
    [InlineData("version", Number)]
    [InlineData("updates", Map)]
    public async Task UpdateCustomFieldItem_WithBadInput_IsRefusedWithoutATrace(string member, string type) => await TryAllAsync(
        member, type, async tenant => (await tenant.CreateCustomFieldAsync()).Text("uid"),
        (tenant, id, value) => tenant.Client.Patch(
            "/v1/custom-field",
            $$"""{"fields":[{{Given.WithRaw(new { fieldId = id, version = 1, updates = new { isActive = true } }, member, value)}}]}"""),
        "/v1/accounts/account-custom-fields", "fields[0].");

    [Theory]
    [InlineData("/v1/accounts/filter/ids", "ids")]
    [InlineData("/v1/accounts/filter/primary-domains", "primaryDomains")]
    [InlineData("/v1/accounts/bulk", "accounts")]
    [InlineData("/v1/custom-field/delete", "fields")]
    public async Task List_WithBadInput_IsRefusedWithoutATrace(string path, string member) => await TryAllAsync(
        member, List, async tenant => (await tenant.CreateAccountAsync()).Id,
        (tenant, _, value) => tenant.Client.Post(path, Given.WithRaw(new { }, member, value)), "/v1/accounts");

    private static TheoryData<string, string> Cases(Dictionary<string, string> members)
    {
        var cases = new TheoryData<string, string>();
        foreach (var (member, type) in members)
        {
            cases.Add(member, type);
        }

        return cases;
    }

    private async Task TryAllAsync(
        string member,
        string type,
        Func<Tenant, Task<string>> arrange,
        Func<Tenant, string, string, Task<Answer>> act,
        string listPath,
        string prefix = "")
    {
        var tenant = await server.CreateTenantAsync();
        var id = await arrange(tenant);
        var before = await ShownAsync();
        foreach (var (given, json) in Inputs)
        {
            var answer = await act(tenant, id, json);
            var status = (int)answer.Status;
            var what =
                $"{member} = {json[..Math.Min(json.Length, 40)]} answered {status}: {answer.Text[..Math.Min(answer.Text.Length, 300)]}";
            Assert.True(status is 200 or 201 or 400 or 404 or 409, what);
            if (given != type && given != "null")
            {
                answer.ExpectProblem(prefix + member);
            }

            var after = await ShownAsync();
            if (status >= 400)
            {
                answer.ExpectError(status, answer.TextOf("message"));
                Assert.True(before == after, $"{what}, but something was written");
            }

            before = after;
        }

        async Task<string> ShownAsync()
        {
            var shown = JsonNode.Parse((await tenant.Client.Get(listPath)).Expect(200).Text)!;
            return (shown is JsonObject envelope ? envelope["data"]! : shown).ToJsonString();
        }
    }
}
