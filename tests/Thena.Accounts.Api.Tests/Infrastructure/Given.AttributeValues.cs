using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Infrastructure;

public static partial class Given
{
    /// <summary>Posts an attribute value.</summary>
    public static Task<Answer> PostAttributeValueAsync(this Tenant tenant, string attribute, string value, object? members = null) =>
        tenant.Client.Post(Paths.AttributeValues, Merge(new { attribute, value }, members));

    /// <summary>Creates an attribute value.</summary>
    public static async Task<Answer> CreateAttributeValueAsync(
        this Tenant tenant, string attribute, string value, object? members = null) =>
        (await tenant.PostAttributeValueAsync(attribute, value, members)).Expect(201);

    /// <summary>Lists the values of an attribute.</summary>
    public static async Task<JsonElement[]> ListAttributeValuesAsync(this Tenant tenant, string attribute) =>
        [.. (await tenant.Client.Get($"{Paths.AttributeValues}?attribute={attribute}")).Expect(200).Json.EnumerateArray()];

    /// <summary>Finds an attribute value by its name.</summary>
    public static async Task<JsonElement> FindAttributeValueAsync(this Tenant tenant, string attribute, string value) =>
        Assert.Single(await tenant.ListAttributeValuesAsync(attribute), candidate => candidate.Text("value") == value);

    /// <summary>Finds the ID of an attribute value by its name.</summary>
    public static async Task<string> FindAttributeValueIdAsync(this Tenant tenant, string attribute, string value) =>
        (await tenant.FindAttributeValueAsync(attribute, value)).Text("id");

    /// <summary>Finds the name of the default value. Returns null if there is none, and fails if there are several.</summary>
    public static async Task<string?> FindDefaultValueAsync(this Tenant tenant, string attribute) =>
        (await tenant.ListAttributeValuesAsync(attribute))
            .SingleOrDefault(value => value.GetProperty("isDefault").GetBoolean()) is { ValueKind: JsonValueKind.Object } value
            ? value.Text("value")
            : null;

    /// <summary>Puts changes of an attribute value.</summary>
    public static Task<Answer> PutAttributeValueAsync(this Tenant tenant, string id, object changes) =>
        tenant.Client.Put($"{Paths.AttributeValues}/{id}", changes);

    /// <summary>Deletes an attribute value.</summary>
    public static Task<Answer> DeleteAttributeValueAsync(this Tenant tenant, string id, bool forceDelete = false) =>
        tenant.Client.Delete($"{Paths.AttributeValues}/{id}{(forceDelete ? "?forceDelete=true" : "")}");
}
