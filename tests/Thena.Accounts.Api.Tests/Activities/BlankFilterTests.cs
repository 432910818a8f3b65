namespace Thena.Accounts.Api.Tests.Activities;

/// <summary>Empty filters, as a client with an unset variable sends them. They match nothing.</summary>
public sealed class BlankFilterTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("activities", "accountId=")]
    [InlineData("activities", "activityId=%20")]
    [InlineData("activities", "type=")]
    [InlineData("notes", "accountId=")]
    [InlineData("notes", "noteId=")]
    [InlineData("tasks", "assigneeId=")]
    [InlineData("tasks", "priority=%20")]
    public async Task Get_WithABlankFilter_DoesNotShowEverything(string feature, string query)
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateRecordAsync(feature, (await tenant.CreateAccountAsync()).Id);

        var answer = await tenant.Client.Get($"/v1/accounts/{feature}?{query}");

        Assert.True((int)answer.Status == 400 || answer.Text == "[]", $"?{query} answered {answer.Text}");
    }
}
