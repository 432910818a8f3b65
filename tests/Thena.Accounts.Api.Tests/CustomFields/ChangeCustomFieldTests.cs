using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.CustomFields;

public sealed class ChangeCustomFieldTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string DeletePath = $"{Paths.CustomFields}/delete";
    private const string NotFound = "Custom field not found!";

    private static readonly string[] Options = ["x"];

    [Theory]
    [InlineData("name", "\"Renamed\"")]
    [InlineData("fieldType", "\"integer\"")]
    [InlineData("options", """["a","b"]""")]
    [InlineData("metadata", """{"a":1}""")]
    [InlineData("placeholderText", "\"p\"")]
    [InlineData("hintText", "\"h\"")]
    [InlineData("defaultValue", "\"d\"")]
    [InlineData("teamId", "\"t\"")]
    [InlineData("mandatoryOnClose", "true")]
    [InlineData("mandatoryOnCreation", "true")]
    [InlineData("visibleToCustomer", "true")]
    [InlineData("editableByCustomer", "true")]
    [InlineData("autoAddToAllForms", "true")]
    [InlineData("isActive", "false")]
    public async Task Update_OfAMember_ChangesItAndTheVersionAlone(string member, string value)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { name = "Tier" });

        var answer = (await UpdateAsync(tenant, (field, 1, new JsonObject { [member] = JsonNode.Parse(value) }))).Expect(200);

        Assert.Equal("Custom fields updated successfully!", answer.TextOf("message"));
        var updated = Assert.Single(answer["data"].EnumerateArray());
        var changed = updated.EnumerateObject()
            .Where(after => !JsonElement.DeepEquals(after.Value, field.GetProperty(after.Name)))
            .Select(after => after.Name);
        Assert.Equivalent(
            member == "name" ? ["name", "slug", "updatedAt", "version"] : (string[])[member, "updatedAt", "version"],
            changed,
            strict: true);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(value), updated.GetProperty(member)));
        Assert.Equal(2, updated.GetProperty("version").GetInt32());
        Assert.Equal(updated.GetRawText(), Assert.Single(await tenant.ListCustomFieldsAsync()).GetRawText());
    }

    [Fact]
    public async Task Update_WithoutAChange_LeavesVersionAndUpdatedAt()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(new { name = "Tier", metadata = new { a = 1, b = 2 }, options = Options });

        var answer = (
            await UpdateAsync(
                tenant,
                (field, 1, new { name = "Tier", metadata = new { b = 2, a = 1 }, options = Options, isActive = true }))).Expect(200);

        Assert.True(JsonElement.DeepEquals(field, Assert.Single(answer["data"].EnumerateArray())), answer.Text);
        Assert.Equal(field.GetRawText(), Assert.Single(await tenant.ListCustomFieldsAsync()).GetRawText());
    }

    [Fact]
    public async Task Update_WithNull_Clears()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync(
            new { hintText = "h", teamId = "t", metadata = new { a = 1 }, isActive = false, visibleToCustomer = true });

        var cleared = Given.Merge("""{"hintText":null,"teamId":"","metadata":null,"isActive":null,"visibleToCustomer":null}""");
        var updated = (await UpdateAsync(tenant, (field, 1, cleared))).Expect(200)["data"][0];

        Assert.Equal("", updated.Text("hintText"));
        Assert.Equal("", updated.Text("teamId"));
        Assert.Equal("{}", updated.GetProperty("metadata").GetRawText());
        Assert.True(updated.GetProperty("isActive").GetBoolean());
        Assert.False(updated.GetProperty("visibleToCustomer").GetBoolean());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Update_WithAStaleVersion_Answers409AndChangesNone(int version)
    {
        var tenant = await server.CreateTenantAsync();
        var other = await tenant.CreateCustomFieldAsync();
        var field = await tenant.CreateCustomFieldAsync();
        (await UpdateAsync(tenant, (field, 1, new { hintText = "first" }))).Expect(200);

        var refused = (await UpdateAsync(tenant, (other, 1, new { hintText = "lost" }), (field, version, new { hintText = "lost" })))
            .Expect(409);

        Assert.Equal(409, refused["statusCode"].GetInt32());
        Assert.DoesNotContain(await tenant.ListCustomFieldsAsync(), shown => shown.Text("hintText") == "lost");
    }

    [Fact]
    public async Task Update_ByManyAtOnceFromOneVersion_LetsOneThrough()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(number => UpdateAsync(tenant, (field, 1, new { hintText = $"H{number}" }))));

        Assert.All(answers, answer => Assert.Contains((int)answer.Status, (int[])[200, 409]));
        var winner = Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.Equal(winner["data"][0].GetRawText(), Assert.Single(await tenant.ListCustomFieldsAsync()).GetRawText());
    }

    [Fact]
    public async Task Update_WithABadItem_Answers400AndChangesNone()
    {
        var tenant = await server.CreateTenantAsync();
        var (first, second) = (await tenant.CreateCustomFieldAsync(), await tenant.CreateCustomFieldAsync());

        (await UpdateAsync(tenant, (first, 1, new { hintText = "lost" }), (second, 1, new { fieldType = "nothing" })))
            .ExpectProblem("fields[1].updates.fieldType");
        (await UpdateAsync(tenant, (first, 1, new { hintText = "lost" }), (second, 1, new { fieldType = "single_choice" }))).Expect(400);
        (await UpdateAsync(tenant, (first, 1, new { hintText = "lost" }), (second, 1, new { name = (string?)null })))
            .ExpectProblem("fields[1].updates.name");

        Assert.All(await tenant.ListCustomFieldsAsync(), field => Assert.Equal(1, field.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Update_ToANameThatIsTaken_Answers409AndChangesNone()
    {
        var tenant = await server.CreateTenantAsync();
        var existing = await tenant.CreateCustomFieldAsync(new { name = "Tier" });
        var (first, second) = (await tenant.CreateCustomFieldAsync(), await tenant.CreateCustomFieldAsync());

        var refused = (await UpdateAsync(tenant, (first, 1, new { hintText = "lost" }), (second, 1, new { name = "TIER" }))).Expect(409);

        Assert.Equal(existing.Text("uid"), refused.TextOf("existingId"));
        Assert.All(await tenant.ListCustomFieldsAsync(), field => Assert.Equal(1, field.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Update_OfAnUnknownField_Answers404AndChangesNone()
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync();
        var body = new
        {
            fields = new[]
            {
                new { fieldId = field.Text("uid"), version = 1, updates = new { hintText = "lost" } },
                new { fieldId = Given.UnknownId, version = 1, updates = new { hintText = "lost" } },
            },
        };

        (await tenant.Client.Patch(Paths.CustomFields, body)).ExpectError(404, NotFound);

        Assert.Equal(field.GetRawText(), Assert.Single(await tenant.ListCustomFieldsAsync()).GetRawText());
    }

    [Theory]
    [InlineData("fields", "{}")]
    [InlineData("fields", """{"fields":null}""")]
    [InlineData("fields", """{"fields":[]}""")]
    [InlineData("fields", """{"fields":{}}""")]
    [InlineData("fields[0]", """{"fields":[null]}""")]
    [InlineData("fields[0].fieldId", """{"fields":[{"version":1,"updates":{}}]}""")]
    public async Task UpdateAndDelete_WithABadList_Answer400(string member, string body)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Patch(Paths.CustomFields, body)).ExpectProblem(member);
        (await tenant.Client.Post(DeletePath, body)).ExpectProblem(member);
    }

    [Theory]
    [InlineData("fields[0].version", """{"fieldId":"x","updates":{}}""")]
    [InlineData("fields[0].version", """{"fieldId":"x","version":"1","updates":{}}""")]
    [InlineData("fields[0].updates", """{"fieldId":"x","version":1}""")]
    [InlineData("fields[0].updates", """{"fieldId":"x","version":1,"updates":[]}""")]
    [InlineData("fields[0].updates.isActive", """{"fieldId":"x","version":1,"updates":{"isActive":"true"}}""")]
    public async Task Update_WithABadItemForm_Answers400(string member, string item)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Patch(Paths.CustomFields, $$"""{"fields":[{{item}}]}""")).ExpectProblem(member);
    }

    [Fact]
    public async Task Delete_OfFields_RemovesThemAndFreesTheirNames()
    {
        var tenant = await server.CreateTenantAsync();
        var (first, second) = (await tenant.CreateCustomFieldAsync(new { name = "Tier" }), await tenant.CreateCustomFieldAsync());

        var answer = (await DeleteAsync(tenant, first.Text("uid"))).Expect(200);

        Assert.True(answer["status"].GetBoolean());
        Assert.Equal("Custom fields deleted successfully!", answer.TextOf("message"));
        Assert.Equal(second.GetRawText(), Assert.Single(await tenant.ListCustomFieldsAsync()).GetRawText());
        (await DeleteAsync(tenant, first.Text("uid"))).ExpectError(404, NotFound);
        (await UpdateAsync(tenant, (first, 1, new { hintText = "lost" }))).ExpectError(404, NotFound);
        await tenant.CreateCustomFieldAsync(new { name = "tier" });
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nothing")]
    public async Task Delete_WithAnUnknownField_Answers404AndRemovesNone(string unknown)
    {
        var tenant = await server.CreateTenantAsync();
        var field = await tenant.CreateCustomFieldAsync();

        (await DeleteAsync(tenant, field.Text("uid"), unknown)).ExpectError(404, NotFound);

        Assert.Single(await tenant.ListCustomFieldsAsync());
    }

    private static Task<Answer> UpdateAsync(Tenant tenant, params (JsonElement Field, int Version, object Updates)[] items) =>
        tenant.Client.Patch(
            Paths.CustomFields,
            new
            {
                fields = items.Select(item => new { fieldId = item.Field.Text("uid"), version = item.Version, updates = item.Updates }),
            });

    private static Task<Answer> DeleteAsync(Tenant tenant, params string[] ids) =>
        tenant.Client.Post(DeletePath, new { fields = ids.Select(fieldId => new { fieldId }) });
}
