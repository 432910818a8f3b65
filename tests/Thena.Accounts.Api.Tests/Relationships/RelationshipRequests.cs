using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Relationships;

/// <summary>What tests of relationships ask for again and again.</summary>
internal static class RelationshipRequests
{
    /// <summary>Where relationships are.</summary>
    public const string RelationshipsPath = "/v1/accounts/relationships";

    /// <summary>Where their types are.</summary>
    public const string TypesPath = $"{RelationshipsPath}/types";

    /// <summary>All types, in order of creation.</summary>
    public static async Task<JsonElement[]> ListTypes(this Tenant tenant) =>
        [.. (await tenant.Client.Get(TypesPath)).Expect(200).Json.EnumerateArray()];

    /// <summary>A type by its name.</summary>
    public static async Task<JsonElement> FindType(this Tenant tenant, string name) =>
        Assert.Single(await tenant.ListTypes(), type => type.Text("name") == name);

    /// <summary>Creates a type.</summary>
    public static async Task<Answer> CreateType(this Tenant tenant, string name, string? inverseRelationshipId = null) =>
        (await tenant.Client.Post(TypesPath, new { name, inverseRelationshipId })).Expect(201);

    /// <summary>Puts changes of a type.</summary>
    public static Task<Answer> PutType(this Tenant tenant, string id, object changes) => tenant.Client.Put($"{TypesPath}/{id}", changes);

    /// <summary>Posts a relationship.</summary>
    public static Task<Answer> Relate(this Tenant tenant, string accountId, string relatedAccountId, string relationshipType) =>
        tenant.Client.Post(RelationshipsPath, new { accountId, relatedAccountId, relationshipType });

    /// <summary>Some new accounts, in order of their ids.</summary>
    public static async Task<string[]> CreateAccounts(this Tenant tenant, int count)
    {
        List<string> ids = [];
        for (var index = 0; index < count; index++)
        {
            ids.Add((await tenant.CreateAccountAsync()).Id);
        }

        return [.. ids];
    }
}
