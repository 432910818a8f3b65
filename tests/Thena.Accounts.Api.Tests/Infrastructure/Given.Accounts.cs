using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Infrastructure;

public static partial class Given
{
    /// <summary>Returns the body of an account with a name, a new domain and the given members.</summary>
    public static JsonObject Account(object? members = null) => Merge(new { name = "Acme", primaryDomain = NewDomain() }, members);

    /// <summary>Posts an account.</summary>
    public static Task<Answer> PostAccountAsync(this Tenant tenant, object? members = null) =>
        tenant.Client.Post(Paths.Accounts, Account(members));

    /// <summary>Posts an account in which one member has this text as its value, even if it is not valid JSON.</summary>
    public static Task<Answer> PostRawAccountAsync(this Tenant tenant, string member, string value) =>
        tenant.Client.Post(Paths.Accounts, WithRaw(Account(), member, value));

    /// <summary>Posts several accounts in one bulk request.</summary>
    public static Task<Answer> PostAccountsAsync(this Tenant tenant, IEnumerable<object?> accounts) =>
        tenant.Client.Post($"{Paths.Accounts}/bulk", new { accounts });

    /// <summary>Creates an account.</summary>
    public static async Task<Answer> CreateAccountAsync(this Tenant tenant, object? members = null) =>
        (await tenant.PostAccountAsync(members)).Expect(201);

    /// <summary>Creates several accounts.</summary>
    /// <returns>Their IDs, in ascending order.</returns>
    public static async Task<string[]> CreateAccountsAsync(this Tenant tenant, int count)
    {
        List<string> ids = [];
        for (var index = 0; index < count; index++)
        {
            ids.Add((await tenant.CreateAccountAsync()).Id);
        }

        return [.. ids];
    }

    /// <summary>Gets an account.</summary>
    public static async Task<Answer> GetAccountAsync(this Tenant tenant, string id) =>
        (await tenant.Client.Get($"{Paths.Accounts}/{id}")).Expect(200);

    /// <summary>Lists accounts.</summary>
    public static async Task<Answer> ListAccountsAsync(this Tenant tenant, string query = "") =>
        (await tenant.Client.Get($"{Paths.Accounts}?{query}")).Expect(200);

    /// <summary>Puts changes of an account.</summary>
    public static Task<Answer> PutAccountAsync(this Tenant tenant, string id, object changes) =>
        tenant.Client.Put($"{Paths.Accounts}/{id}", changes);

    /// <summary>Deletes an account.</summary>
    public static Task<Answer> DeleteAccountAsync(this Tenant tenant, string id) => tenant.Client.Delete($"{Paths.Accounts}/{id}");
}
