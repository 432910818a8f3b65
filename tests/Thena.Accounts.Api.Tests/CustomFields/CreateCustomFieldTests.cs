using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.CustomFields;

public sealed class CreateCustomFieldTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string[] Options = ["Gold", "Silver"];

    private static readonly string[] Members =
    [
        "name", "uid", "slug", "organizationId", "source", "fieldType", "options", "metadata", "createdAt", "updatedAt", "isActive",
        "teamId", "autoAddToAllForms",
        "hintText", "placeholderText", "mandatoryOnCreation", "mandatoryOnClose", "visibleToCustomer", "editableByCustomer", "defaultValue",
        "version",
    ];

    public static TheoryData<string> FieldTypes =>
    [
        "single_line", "multi_line", "rich_text", "integer", "decimal", "currency", "date", "date_time", "time", "single_choice",
        "multi_choice", "radio_button", "checkbox", "email", "phone_number", "url", "ip_address", "regex", "password", "file_upload",
        "calculated", "lookup", "address", "coordinates", "rating", "toggle", "boolean",
    ];

    [Fact]
    public async Task Create_WithTheLeast_AnswersTheDefaultsInOrder()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = (await tenant.Client.Post(
            Paths.CustomFields, new { name = " Contract tier ", source = "account", fieldType = "single_line" })).Expect(201);

        Assert.Equal(["data", "status", "message", "timestamp"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.True(answer["status"].GetBoolean());
        Assert.Equal("Custom field created successfully!", answer.TextOf("message"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", answer.TextOf("timestamp"));
        var field = answer["data"];
        Assert.Equal(Members, field.EnumerateObject().Select(member => member.Name));
        AssertMembers(
            new
            {
                name = "Contract tier",
                slug = "contract_tier",
                organizationId = tenant.OrganizationId,
                source = "account",
                fieldType = "single_line",
                options = Array.Empty<string>(),
                metadata = new { },
                isActive = true,
                teamId = "",
                autoAddToAllForms = false,
                hintText = "",
                placeholderText = "",
                mandatoryOnCreation = false,
                mandatoryOnClose = false,
                visibleToCustomer = false,
                editableByCustomer = false,
                defaultValue = "",
                version = 1,
            },
            field);
        Assert.Equal(field.Text("createdAt"), field.Text("updatedAt"));
        Assert.Equal(field.GetRawText(), Assert.Single(await tenant.ListCustomFieldsAsync()).GetRawText());
    }

    [Fact]
    public async Task Create_WithEverything_AnswersIt()
    {
        var tenant = await server.CreateTenantAsync();
        var everything = new
        {
            name = "Everything",
            source = "customer_contact",
            fieldType = "multi_choice",
            options = Options,
            metadata = new { nested = new[] { 1, 2 } },
            isActive = false,
            teamId = "team-1",
            autoAddToAllForms = true,
            hintText = "A hint",
            placeholderText = "A placeholder",
            mandatoryOnCreation = true,
            mandatoryOnClose = true,
            visibleToCustomer = true,
            editableByCustomer = true,
            defaultValue = "Gold",
        };

        var field = await tenant.CreateCustomFieldAsync(Given.Merge(everything, new { description = "What it is for" }));

        AssertMembers(everything, field);
        Assert.Equal(field.GetRawText(), Assert.Single(await tenant.ListCustomFieldsAsync()).GetRawText());
    }

    [Theory]
    [InlineData("Contract tier", "contract_tier")]
    [InlineData("A -- b!!c", "a_b_c")]
    [InlineData("Größe 2", "größe_2")]
    [InlineData("UPPER", "upper")]
    public async Task Create_WithAName_MakesItsSlug(string name, string slug)
    {
        var tenant = await server.CreateTenantAsync();

        Assert.Equal(slug, (await tenant.CreateCustomFieldAsync(new { name })).Text("slug"));
    }

    [Theory]
    [MemberData(nameof(FieldTypes))]
    public async Task Create_OfEachType_Answers201(string fieldType)
    {
        var tenant = await server.CreateTenantAsync();

        Assert.Equal(fieldType, (await tenant.CreateCustomFieldAsync(new { fieldType, options = Options })).Text("fieldType"));
    }

    [Theory]
    [InlineData("""["Gold","Silver"]""")]
    [InlineData("""[{"value":"Gold"},{"value":"Silver"}]""")]
    [InlineData("""["Gold",{"value":"Silver","color":"#000000"}]""")]
    public async Task Create_WithOptionsInEitherSpelling_AnswersTexts(string options)
    {
        var tenant = await server.CreateTenantAsync();

        var field = await tenant.CreateCustomFieldAsync(new { fieldType = "single_choice", options = JsonNode.Parse(options) });

        Assert.Equal("""["Gold","Silver"]""", field.GetProperty("options").GetRawText());
    }

    [Theory]
    [InlineData("single_choice")]
    [InlineData("multi_choice")]
    [InlineData("radio_button")]
    [InlineData("checkbox")]
    public async Task Create_OfAChoiceWithoutOptions_Answers400(string fieldType)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post(Paths.CustomFields, new { name = "A", source = "account", fieldType })).ExpectProblem("options");
        (await tenant.Client.Post(Paths.CustomFields, new { name = "A", source = "account", fieldType, options = Array.Empty<string>() }))
            .ExpectProblem("options");

        Assert.Empty(await tenant.ListCustomFieldsAsync());
    }

    [Theory]
    [InlineData("name", """{"name":null}""")]
    [InlineData("name", """{"name":" "}""")]
    [InlineData("source", """{"source":null}""")]
    [InlineData("source", """{"source":"contact"}""")]
    [InlineData("source", """{"source":"Account"}""")]
    [InlineData("fieldType", """{"fieldType":null}""")]
    [InlineData("fieldType", """{"fieldType":"text"}""")]
    [InlineData("metadata", """{"metadata":[]}""")]
    [InlineData("metadata", """{"metadata":"x"}""")]
    [InlineData("isActive", """{"isActive":"true"}""")]
    [InlineData("mandatoryOnClose", """{"mandatoryOnClose":1}""")]
    [InlineData("options", """{"options":"Gold"}""")]
    [InlineData("options[0]", """{"options":[1]}""")]
    [InlineData("options[0]", """{"options":[{"name":"Gold"}]}""")]
    [InlineData("metadata.pattern", """{"fieldType":"regex","metadata":{"pattern":"("}}""")]
    [InlineData("metadata.pattern", """{"fieldType":"regex","metadata":{"pattern":5}}""")]
    public async Task Create_WithABadMember_Answers400(string member, string body)
    {
        var tenant = await server.CreateTenantAsync();

        (
            await tenant.Client.Post(
                Paths.CustomFields,
                Given.Merge(
                    new { name = "A", source = "account", fieldType = "single_line" }, JsonNode.Parse(body)))).ExpectProblem(member);

        Assert.Empty(await tenant.ListCustomFieldsAsync());
    }

    [Fact]
    public async Task Create_WithAnOptionLongerThanATextMayBe_Answers400()
    {
        var tenant = await server.CreateTenantAsync();
        object Body(int length) => new
        {
            name = $"Length {length}",
            source = "account",
            fieldType = "single_choice",
            options = new[] { new string('x', length) },
        };

        (await tenant.Client.Post(Paths.CustomFields, Body(255))).Expect(201);
        (await tenant.Client.Post(Paths.CustomFields, Body(256))).Expect(400);
    }

    [Fact]
    public async Task Create_WithANameThatIsTakenInAnyCase_Answers409WithTheTwin()
    {
        var tenant = await server.CreateTenantAsync();
        var existing = await tenant.CreateCustomFieldAsync(new { name = "Tier" });

        var refused = (await tenant.Client.Post(
            Paths.CustomFields, new { name = " tIER ", source = "account", fieldType = "integer" })).Expect(409);

        Assert.Equal(existing.Text("uid"), refused.TextOf("existingId"));
        Assert.Single(await tenant.ListCustomFieldsAsync());
        await tenant.CreateCustomFieldAsync(new { name = "tier", source = "customer_contact" });
    }

    [Fact]
    public async Task Create_OfOneNameByManyAtOnce_LetsOneThrough()
    {
        var tenant = await server.CreateTenantAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            tenant.Client.Post(Paths.CustomFields, new { name = "Tier", source = "account", fieldType = "single_line" })));

        var winner = Assert.Single(answers, answer => (int)answer.Status == 201);
        Assert.All(answers.Except([winner]), answer => Assert.Equal(winner["data"].Text("uid"), answer.Expect(409).TextOf("existingId")));
    }

    private static void AssertMembers(object expected, JsonElement actual) =>
        Assert.All(JsonSerializer.SerializeToElement(expected).EnumerateObject(), member =>
            Assert.True(
                JsonElement.DeepEquals(member.Value, actual.GetProperty(member.Name)),
                $"{member.Name} is {actual.GetProperty(member.Name)}"));
}
