using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>What tests of several features need to be there.</summary>
public static class Given
{
    /// <summary>A well-formed id that names nothing.</summary>
    public const string UnknownId = "01JZZZZZZZZZZZZZZZZZZZZZZZ";

    /// <summary>A domain that no other test uses.</summary>
    public static string Domain() => $"d{Guid.CreateVersion7():N}.example.com";

    /// <summary>The members of several objects in one; of the same member the last wins.</summary>
    public static JsonObject Merge(params object?[] parts)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in parts.OfType<object>().SelectMany(part => JsonSerializer.SerializeToNode(part)!.AsObject()))
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    /// <summary>A body of an account that has what it needs, and more.</summary>
    public static JsonObject Account(object? more = null) => Merge(new { name = "Acme", primaryDomain = Domain() }, more);

    /// <summary>A new account.</summary>
    public static async Task<Answer> CreateAccountAsync(this Tenant tenant, object? more = null) =>
        (await tenant.Client.Post("/v1/accounts", Account(more))).Expect(201);

    /// <summary>An account as it is now.</summary>
    public static async Task<Answer> GetAccountAsync(this Tenant tenant, string id) =>
        (await tenant.Client.Get($"/v1/accounts/{id}")).Expect(200);

    /// <summary>A new attribute value.</summary>
    public static async Task<Answer> CreateValueAsync(this Tenant tenant, string attribute, string value, object? more = null) =>
        (await tenant.Client.Post("/v1/accounts/attributes", Merge(new { attribute, value }, more))).Expect(201);

    /// <summary>The values of a pick list.</summary>
    public static async Task<JsonElement[]> ListValuesAsync(this Tenant tenant, string attribute) =>
        [.. (await tenant.Client.Get($"/v1/accounts/attributes?attribute={attribute}")).Expect(200).Json.EnumerateArray()];

    /// <summary>A value of a pick list, by its text.</summary>
    public static async Task<JsonElement> FindValueAsync(this Tenant tenant, string attribute, string value) =>
        Assert.Single(await tenant.ListValuesAsync(attribute), candidate => candidate.Text("value") == value);

    /// <summary>The default of a pick list; <see langword="null"/> when it has none. Fails when it has several.</summary>
    public static async Task<string?> FindDefaultAsync(this Tenant tenant, string attribute) =>
        (await tenant.ListValuesAsync(attribute))
            .SingleOrDefault(value => value.GetProperty("isDefault").GetBoolean()) is { ValueKind: JsonValueKind.Object } value
            ? value.Text("value")
            : null;

    /// <summary>A new custom field.</summary>
    public static async Task<JsonElement> CreateFieldAsync(this Tenant tenant, object? more = null) => (await tenant.Client.Post(
        "/v1/custom-field",
        Merge(new { name = $"Field {Guid.CreateVersion7():N}", source = "account", fieldType = "single_line" }, more))).Expect(201)["data"];

    /// <summary>Custom fields as a list shows them.</summary>
    public static async Task<JsonElement[]> ListFieldsAsync(this Tenant tenant, string query = "limit=100") =>
        [.. (await tenant.Client.Get($"/v1/custom-field?{query}")).Expect(200)["data"].EnumerateArray()];

    /// <summary>A text member.</summary>
    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
