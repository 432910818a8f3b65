namespace Thena.Accounts.Api.Tests.Attributes;

public sealed class UpdateAttributeValueTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly object Everything = new { icon = "star", color = "#16A34A", isClosed = true };

    [Theory]
    [InlineData("""{"value":" PAUSED "}""", "PAUSED", """{"icon":"star","color":"#16A34A","isClosed":true}""")]
    [InlineData("""{"icon":"bolt"}""", "BLOCKED", """{"icon":"bolt","color":"#16A34A","isClosed":true}""")]
    [InlineData("""{"icon":null}""", "BLOCKED", """{"color":"#16A34A","isClosed":true}""")]
    [InlineData("""{"icon":""}""", "BLOCKED", """{"color":"#16A34A","isClosed":true}""")]
    [InlineData("""{"color":"#000000"}""", "BLOCKED", """{"icon":"star","color":"#000000","isClosed":true}""")]
    [InlineData("""{"color":null}""", "BLOCKED", """{"icon":"star","isClosed":true}""")]
    [InlineData("""{"color":""}""", "BLOCKED", """{"icon":"star","isClosed":true}""")]
    [InlineData("""{"isClosed":false}""", "BLOCKED", """{"icon":"star","color":"#16A34A","isClosed":false}""")]
    [InlineData("""{"isClosed":null}""", "BLOCKED", """{"icon":"star","color":"#16A34A"}""")]
    [InlineData("""{"value":"blocked"}""", "blocked", """{"icon":"star","color":"#16A34A","isClosed":true}""")]
    public async Task Update_WithAChange_ChangesThatAlone(string body, string value, string configuration)
    {
        var tenant = await server.CreateTenantAsync();
        var created = await tenant.CreateAttributeValueAsync("task_status", "BLOCKED", Everything);

        var updated = (await tenant.PutAttributeValueAsync(created.Id, body)).Expect(200);

        Assert.Equal(value, updated.TextOf("value"));
        Assert.Equal(configuration, updated["configuration"].GetRawText());
        Assert.Equal(created.TextOf("createdAt"), updated.TextOf("createdAt"));
        Assert.True(updated["updatedAt"].GetDateTimeOffset() > created["updatedAt"].GetDateTimeOffset());
        Assert.Equal(updated.Text, (await tenant.ListAttributeValuesAsync("task_status"))[^1].GetRawText());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"attribute":"account_status"}""")]
    [InlineData("""{"attribute":7}""")]
    [InlineData("""{"unknown":[]}""")]
    [InlineData("""{"value":" BLOCKED ","icon":"star","color":"#16A34A","isClosed":true,"isDefault":false}""")]
    public async Task Update_WithoutAChange_LeavesUpdatedAt(string body)
    {
        var tenant = await server.CreateTenantAsync();
        var created = await tenant.CreateAttributeValueAsync("task_status", "BLOCKED", Everything);

        var updated = (await tenant.PutAttributeValueAsync(created.Id, body)).Expect(200);

        Assert.Equal(created.Text, updated.Text);
        Assert.Equal(created.Text, (await tenant.ListAttributeValuesAsync("task_status"))[^1].GetRawText());
    }

    [Theory]
    [InlineData("value", """{"value":null}""")]
    [InlineData("value", """{"value":""}""")]
    [InlineData("value", """{"value":"  "}""")]
    [InlineData("value", """{"value":5}""")]
    [InlineData("color", """{"color":"blue"}""")]
    [InlineData("icon", """{"icon":{}}""")]
    [InlineData("isClosed", """{"isClosed":true}""")]
    [InlineData("isClosed", """{"isClosed":"true"}""")]
    [InlineData("isDefault", """{"isDefault":null}""")]
    [InlineData("isDefault", """{"isDefault":"false"}""")]
    public async Task Update_WithABadMember_Answers400AndChangesNothing(string member, string body)
    {
        var tenant = await server.CreateTenantAsync();
        var created = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING");

        (await tenant.PutAttributeValueAsync(created.Id, Given.Merge(new { value = "OTHER" }, body))).ExpectProblem(member);

        Assert.Equal(created.Text, (await tenant.ListAttributeValuesAsync("account_status"))[^1].GetRawText());
    }

    [Fact]
    public async Task Update_ToANameThatIsTakenInAnyCase_Answers409WithTheTwin()
    {
        var tenant = await server.CreateTenantAsync();
        var existing = await tenant.FindAttributeValueAsync("account_status", "ACTIVE");
        var created = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING");

        var refused = (await tenant.PutAttributeValueAsync(created.Id, new { value = "Active", icon = "star" }))
            .ExpectError(409, "An attribute value with this name already exists!");

        Assert.Equal(existing.Text("id"), refused.TextOf("existingId"));
        Assert.Equal(created.Text, (await tenant.ListAttributeValuesAsync("account_status"))[^1].GetRawText());
    }

    [Fact]
    public async Task Update_OfAValueInUse_ShowsInTheAccount()
    {
        var tenant = await server.CreateTenantAsync();
        var value = await tenant.CreateAttributeValueAsync("account_status", "ONBOARDING");
        var account = await tenant.CreateAccountAsync(new { status = value.Id });

        var updated = (await tenant.PutAttributeValueAsync(value.Id, new { value = "LIVE", color = "#000000" })).Expect(200);

        var shown = await tenant.GetAccountAsync(account.Id);
        Assert.Equal("LIVE", shown.TextOf("status"));
        Assert.Equal(value.Id, shown.TextOf("statusId"));
        Assert.Equal("""{"color":"#000000"}""", updated["configuration"].GetRawText());
        Assert.Equal(updated["configuration"].GetRawText(), shown["statusConfiguration"].GetRawText());
    }

    [Theory]
    [InlineData(Given.UnknownId)]
    [InlineData("nothing")]
    [InlineData("01JZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public async Task Update_OfAnUnknownValue_Answers404(string id)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PutAttributeValueAsync(id, new { value = "X" })).ExpectError(404, "Resource not found!");
        (await tenant.DeleteAttributeValueAsync(id)).ExpectError(404, "Resource not found!");
    }
}
