namespace Thena.Accounts.Api.Tests.Attributes;

/// <summary>
/// A forced deletion that waits for a new default. It must replace the value with the new default, not with the former one or none.
/// </summary>
public sealed class InterleavedDefaultTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Theory]
    [InlineData("account_status")]
    [InlineData("contact_type")]
    public async Task ForcedDelete_WhileANewDefaultIsCreated_GivesRecordsTheNewDefault(string attribute)
    {
        var tenant = await server.CreateTenantAsync();
        var former = attribute == "contact_type"
            ? await tenant.FindAttributeValueIdAsync(attribute, "PRIMARY")
            : (await tenant.CreateAttributeValueAsync(attribute, "FORMER", new { isDefault = true })).Id;
        var used = (await tenant.CreateAttributeValueAsync(attribute, "USED")).Id;
        var contact = await tenant.CreateContactAsync(new { contactType = attribute == "contact_type" ? "USED" : null });
        var account = await tenant.CreateAccountAsync(attribute == "account_status" ? new { status = "USED" } : null);
        await using var locked = await LockedRows.LockAsync(server, "attribute_values", former, used);

        await locked.QueueAsync(() => tenant.PostAttributeValueAsync(attribute, "NEW", new { isDefault = true }));
        await locked.QueueAsync(() => tenant.DeleteAttributeValueAsync(used, forceDelete: true));
        var answers = await locked.ReleaseAsync();

        answers[0].Expect(201);
        answers[1].Expect(200);
        var shown = attribute == "contact_type"
            ? (await tenant.GetContactAsync(contact.Id)).Text("contactType")
            : (await tenant.GetAccountAsync(account.Id)).TextOf("status");
        Assert.Equal("NEW", shown);
    }
}
