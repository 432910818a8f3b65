namespace Thena.Accounts.Api.Tests.Attributes;

/// <summary>
/// A forced deletion that waits for a new default: it must replace the value by that default, not by the old one or none.
/// </summary>
public sealed class InterleavedDefaultTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Path = "/v1/accounts/attributes";

    [Theory]
    [InlineData("account_status")]
    [InlineData("contact_type")]
    public async Task ForcedDelete_WhileANewDefaultIsCreated_GivesRecordsTheNewDefault(string attribute)
    {
        var tenant = await server.CreateTenantAsync();
        var former = attribute == "contact_type"
            ? (await tenant.FindValueAsync(attribute, "PRIMARY")).Text("id")
            : (await tenant.CreateValueAsync(attribute, "FORMER", new { isDefault = true })).Id;
        var used = (await tenant.CreateValueAsync(attribute, "USED")).Id;
        var contact = (await tenant.Client.Post(
            "/v1/accounts/contacts", new
            {
                firstName = "Ada",
                email = "ada@acme.com",
                contactType = attribute == "contact_type" ? "USED" : null,
            })).Expect(201);
        var account = await tenant.CreateAccountAsync(attribute == "account_status" ? new { status = "USED" } : null);
        await using var held = await HeldRows.HoldAsync(server, "attribute_values", former, used);

        await held.QueueAsync(() => tenant.Client.Post(Path, new { attribute, value = "NEW", isDefault = true }));
        await held.QueueAsync(() => tenant.Client.Delete($"{Path}/{used}?forceDelete=true"));
        var answers = await held.ReleaseAsync();

        answers[0].Expect(201);
        answers[1].Expect(200);
        var shown = attribute == "contact_type"
            ? (await tenant.Client.Post("/v1/accounts/contacts/filter/ids", new { ids = new[] { contact.Id } }))
                .Expect(200)
                .Json[0]
                .Text("contactType")
            : (await tenant.GetAccountAsync(account.Id)).TextOf("status");
        Assert.Equal("NEW", shown);
    }
}
