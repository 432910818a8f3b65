using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Infrastructure;

public static partial class Given
{
    /// <summary>Creates a custom field: of accounts and of type <c>single_line</c>, unless the members say otherwise.</summary>
    /// <returns>The field; its ID is <c>uid</c>.</returns>
    public static async Task<JsonElement> CreateCustomFieldAsync(this Tenant tenant, object? members = null)
    {
        var body = Merge(new { name = $"Field {Guid.CreateVersion7():N}", source = "account", fieldType = "single_line" }, members);
        return (await tenant.Client.Post(Paths.CustomFields, body)).Expect(201)["data"];
    }

    /// <summary>Creates a custom field of type <c>integer</c>.</summary>
    /// <returns>Its ID.</returns>
    public static async Task<string> CreateIntegerFieldAsync(this Tenant tenant, object? members = null) =>
        (await tenant.CreateCustomFieldAsync(Merge(new { fieldType = "integer" }, members))).Text("uid");

    /// <summary>Creates custom fields of accounts.</summary>
    /// <returns>Values for them that have about 1 MB together.</returns>
    public static async Task<object[]> CreateLargeFieldValuesAsync(this Tenant tenant)
    {
        var values = new object[10];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = new
            {
                customFieldId = (await tenant.CreateCustomFieldAsync(new { fieldType = "rich_text" })).Text("uid"),
                data = new string('x', 32_768),
                metadata = new { text = new string('m', 65_000) },
            };
        }

        return values;
    }

    /// <summary>Creates an account of about 1 MB, and updates its description.</summary>
    /// <returns>The ID.</returns>
    public static async Task<string> CreateLargeAccountAsync(this Tenant tenant, int updates)
    {
        var id = (await tenant.CreateAccountAsync(new { customFieldValues = await tenant.CreateLargeFieldValuesAsync() })).Id;
        for (var number = 1; number <= updates; number++)
        {
            (await tenant.PutAccountAsync(id, new { description = $"Update {number}" })).Expect(200);
        }

        return id;
    }

    /// <summary>Lists custom fields.</summary>
    public static async Task<JsonElement[]> ListCustomFieldsAsync(this Tenant tenant, string query = "limit=100") =>
        [.. (await tenant.Client.Get($"{Paths.CustomFields}?{query}")).Expect(200)["data"].EnumerateArray()];
}
