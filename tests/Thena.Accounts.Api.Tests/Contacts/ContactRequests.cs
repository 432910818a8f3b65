using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Contacts;

/// <summary>What tests of contacts ask for again and again.</summary>
internal static class ContactRequests
{
    /// <summary>Where contacts are.</summary>
    public const string ContactsPath = "/v1/accounts/contacts";

    /// <summary>An address that no contact has, at a domain that no account has.</summary>
    public static string NewEmail() => $"someone@{Given.Domain()}";

    /// <summary>A body of a contact that has what it needs, and more.</summary>
    public static JsonObject Contact(object? more = null) => Given.Merge(new { firstName = "Ada", email = NewEmail() }, more);

    /// <summary>Posts a contact.</summary>
    public static Task<Answer> PostContact(this Tenant tenant, object? more = null) => tenant.Client.Post(ContactsPath, Contact(more));

    /// <summary>Creates a contact.</summary>
    public static async Task<Answer> CreateContact(this Tenant tenant, object? more = null) => (await tenant.PostContact(more)).Expect(201);

    /// <summary>Puts changes of a contact.</summary>
    public static Task<Answer> PutContact(this Tenant tenant, string id, object changes) =>
        tenant.Client.Put($"{ContactsPath}/{id}", changes);

    /// <summary>Deletes a contact.</summary>
    public static Task<Answer> DeleteContact(this Tenant tenant, string id) => tenant.Client.Delete($"{ContactsPath}/{id}");

    /// <summary>Contacts by their ids.</summary>
    public static async Task<JsonElement[]> GetContacts(this Tenant tenant, params string[] ids) =>
        [.. (await tenant.Client.Post($"{ContactsPath}/filter/ids", new { ids })).Expect(200).Json.EnumerateArray()];

    /// <summary>A contact as it is now.</summary>
    public static async Task<JsonElement> GetContact(this Tenant tenant, string id) => Assert.Single(await tenant.GetContacts(id));

    /// <summary>A contact by its address.</summary>
    public static async Task<JsonElement> FindContact(this Tenant tenant, string email) =>
        Assert.Single((await tenant.SearchContacts(email)).Expect(200).Json.EnumerateArray());

    /// <summary>Searches for an address.</summary>
    public static Task<Answer> SearchContacts(this Tenant tenant, string email) =>
        tenant.Client.Get($"{ContactsPath}/search?email={Uri.EscapeDataString(email)}");

    /// <summary>Posts many contacts.</summary>
    public static Task<Answer> PostContacts(this Tenant tenant, IEnumerable<object?> contacts, object? more = null) =>
        tenant.Client.Post($"{ContactsPath}/bulk", Given.Merge(new { contacts }, more));

    /// <summary>Ingests people.</summary>
    public static Task<Answer> Ingest(this Tenant tenant, IEnumerable<object?> users, object? more = null) =>
        tenant.Client.Post($"{ContactsPath}/ingest", Given.Merge(new { users, sinkSource = "SLACK" }, more));

    /// <summary>Every row of a list, newest first.</summary>
    public static async Task<List<JsonElement>> ListAll(this Tenant tenant, string path)
    {
        List<JsonElement> rows = [];
        for (var page = 1; rows.Count == (page - 1) * 100; page++)
        {
            var query = string.Create(
                CultureInfo.InvariantCulture, $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100&page={page}");
            rows.AddRange((await tenant.Client.Get(path + query)).Expect(200).Json.EnumerateArray());
        }

        return rows;
    }

    /// <summary>Some text members.</summary>
    public static string[] Texts(this JsonElement element, params string[] members) =>
        Array.ConvertAll(members, member => element.Text(member));

    /// <summary>The accounts that a contact shows, by id.</summary>
    public static string[] LinkedIds(this JsonElement contact) =>
        [.. contact.GetProperty("accounts").EnumerateArray().Select(account => account.Text("id")).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Asserts that these people are contacts once each, and that each is linked to the one account of the address' domain.
    /// </summary>
    public static async Task ExpectEachOnceAndLinked(this Tenant tenant, IReadOnlyCollection<string> emails)
    {
        var accounts = (await tenant.ListAll("/v1/accounts"))
            .ToDictionary(account => account.Text("primaryDomain"), account => account.Text("id"));
        var contacts = await tenant.ListAll(ContactsPath);
        Assert.Equal(emails.Order(StringComparer.Ordinal), contacts.Select(contact => contact.Text("email")).Order(StringComparer.Ordinal));
        Assert.Equal(emails.Select(DomainOf).Distinct().Order(StringComparer.Ordinal), accounts.Keys.Order(StringComparer.Ordinal));
        Assert.All(contacts, contact => Assert.Equal([accounts[DomainOf(contact.Text("email"))]], contact.LinkedIds()));
    }

    private static string DomainOf(string email) => email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..];
}
