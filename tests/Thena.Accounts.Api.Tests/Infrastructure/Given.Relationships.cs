using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Infrastructure;

public static partial class Given
{
    /// <summary>Posts a relationship.</summary>
    public static Task<Answer> PostRelationshipAsync(
        this Tenant tenant, string accountId, string relatedAccountId, string relationshipType) =>
        tenant.Client.Post(Paths.Relationships, new { accountId, relatedAccountId, relationshipType });

    /// <summary>Deletes a relationship.</summary>
    public static Task<Answer> DeleteRelationshipAsync(this Tenant tenant, string id) =>
        tenant.Client.Delete($"{Paths.Relationships}/{id}");

    /// <summary>Posts a relationship type.</summary>
    public static Task<Answer> PostRelationshipTypeAsync(this Tenant tenant, string name, string? inverseRelationshipId = null) =>
        tenant.Client.Post(Paths.RelationshipTypes, new { name, inverseRelationshipId });

    /// <summary>Creates a relationship type.</summary>
    public static async Task<Answer> CreateRelationshipTypeAsync(this Tenant tenant, string name, string? inverseRelationshipId = null) =>
        (await tenant.PostRelationshipTypeAsync(name, inverseRelationshipId)).Expect(201);

    /// <summary>Lists the relationship types, in order of creation.</summary>
    public static async Task<JsonElement[]> ListRelationshipTypesAsync(this Tenant tenant) =>
        [.. (await tenant.Client.Get(Paths.RelationshipTypes)).Expect(200).Json.EnumerateArray()];

    /// <summary>Finds a relationship type by its name.</summary>
    public static async Task<JsonElement> FindRelationshipTypeAsync(this Tenant tenant, string name) =>
        Assert.Single(await tenant.ListRelationshipTypesAsync(), type => type.Text("name") == name);

    /// <summary>Finds the ID of a relationship type by its name.</summary>
    public static async Task<string> FindRelationshipTypeIdAsync(this Tenant tenant, string name) =>
        (await tenant.FindRelationshipTypeAsync(name)).Text("id");

    /// <summary>Puts changes of a relationship type.</summary>
    public static Task<Answer> PutRelationshipTypeAsync(this Tenant tenant, string id, object changes) =>
        tenant.Client.Put($"{Paths.RelationshipTypes}/{id}", changes);

    /// <summary>Deletes a relationship type.</summary>
    public static Task<Answer> DeleteRelationshipTypeAsync(this Tenant tenant, string id) =>
        tenant.Client.Delete($"{Paths.RelationshipTypes}/{id}");
}
