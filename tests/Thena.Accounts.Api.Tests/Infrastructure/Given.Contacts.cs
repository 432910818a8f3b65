using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Infrastructure;

public static partial class Given
{
    /// <summary>Returns the body of a contact with a first name, a new email address and the given members.</summary>
    public static JsonObject Contact(object? members = null) => Merge(new { firstName = "Ada", email = NewEmail() }, members);

    /// <summary>Posts a contact.</summary>
    public static Task<Answer> PostContactAsync(this Tenant tenant, object? members = null) =>
        tenant.Client.Post(Paths.Contacts, Contact(members));

    /// <summary>Posts several contacts in one bulk request.</summary>
    public static Task<Answer> PostContactsAsync(this Tenant tenant, IEnumerable<object?> contacts, object? members = null) =>
        tenant.Client.Post($"{Paths.Contacts}/bulk", Merge(new { contacts }, members));

    /// <summary>Posts users to ingest.</summary>
    public static Task<Answer> PostIngestAsync(this Tenant tenant, IEnumerable<object?> users, object? members = null) =>
        tenant.Client.Post($"{Paths.Contacts}/ingest", Merge(new { users, sinkSource = "SLACK" }, members));

    /// <summary>Creates a contact.</summary>
    public static async Task<Answer> CreateContactAsync(this Tenant tenant, object? members = null) =>
        (await tenant.PostContactAsync(members)).Expect(201);

    /// <summary>Gets a contact.</summary>
    public static async Task<JsonElement> GetContactAsync(this Tenant tenant, string id) =>
        Assert.Single(await tenant.GetContactsAsync(id));

    /// <summary>Gets contacts by their IDs.</summary>
    public static async Task<JsonElement[]> GetContactsAsync(this Tenant tenant, params string[] ids) =>
        [.. (await tenant.Client.Post($"{Paths.Contacts}/filter/ids", new { ids })).Expect(200).Json.EnumerateArray()];

    /// <summary>Finds a contact by its email address.</summary>
    public static async Task<JsonElement> FindContactAsync(this Tenant tenant, string email) =>
        Assert.Single((await tenant.SearchContactsAsync(email)).Json.EnumerateArray());

    /// <summary>Searches contacts by an email address.</summary>
    public static async Task<Answer> SearchContactsAsync(this Tenant tenant, string email) =>
        (await tenant.Client.Get($"{Paths.Contacts}/search?email={Uri.EscapeDataString(email)}")).Expect(200);

    /// <summary>Puts changes of a contact.</summary>
    public static Task<Answer> PutContactAsync(this Tenant tenant, string id, object changes) =>
        tenant.Client.Put($"{Paths.Contacts}/{id}", changes);

    /// <summary>Deletes a contact.</summary>
    public static Task<Answer> DeleteContactAsync(this Tenant tenant, string id) => tenant.Client.Delete($"{Paths.Contacts}/{id}");

    /// <summary>Returns the IDs of the accounts that a contact is linked to, in ascending order.</summary>
    public static string[] LinkedIds(this JsonElement contact) =>
        [.. contact.GetProperty("accounts").EnumerateArray().Select(account => account.Text("id")).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Asserts that each email address has one contact, linked to the one account with the domain of the address,
    /// and that there are no other contacts or accounts.
    /// </summary>
    public static async Task ExpectEachOnceAndLinkedAsync(this Tenant tenant, IReadOnlyCollection<string> emails)
    {
        var accounts = (await tenant.ListAllAsync(Paths.Accounts))
            .ToDictionary(account => account.Text("primaryDomain"), account => account.Text("id"));
        var contacts = await tenant.ListAllAsync(Paths.Contacts);
        Assert.Equal(emails.Order(StringComparer.Ordinal), contacts.Select(contact => contact.Text("email")).Order(StringComparer.Ordinal));
        Assert.Equal(emails.Select(DomainOf).Distinct().Order(StringComparer.Ordinal), accounts.Keys.Order(StringComparer.Ordinal));
        Assert.All(contacts, contact => Assert.Equal([accounts[DomainOf(contact.Text("email"))]], contact.LinkedIds()));
    }

    private static string DomainOf(string email) => email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..];
}
