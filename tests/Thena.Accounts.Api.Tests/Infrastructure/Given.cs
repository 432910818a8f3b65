using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// Builds request bodies, sends requests and reads answers. The first word of a name tells what a method expects:
/// <list type="bullet">
/// <item><c>Post</c>, <c>Put</c> and <c>Delete</c> return the answer, whatever its status.</item>
/// <item><c>Create</c> expects 201. <c>Update</c>, <c>Get</c>, <c>List</c>, <c>Find</c> and <c>Search</c> expect 200.</item>
/// </list>
/// Members that a test gives are objects or JSON text. They win over the defaults.
/// </summary>
public static partial class Given
{
    /// <summary>A well-formed ID that belongs to no record.</summary>
    public const string UnknownId = "01JZZZZZZZZZZZZZZZZZZZZZZZ";

    /// <summary>Returns a domain that no account has.</summary>
    public static string NewDomain() => $"d{Guid.CreateVersion7():N}.example.com";

    /// <summary>Returns an email address that no contact has, at a domain that no account has.</summary>
    public static string NewEmail() => $"someone@{NewDomain()}";

    /// <summary>Merges the members of objects or JSON texts. If two have the same member, the later one wins.</summary>
    public static JsonObject Merge(params object?[] parts)
    {
        var merged = new JsonObject();
        foreach (var (name, value) in parts.Select(Parse).OfType<JsonNode>().SelectMany(part => part.AsObject()))
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    /// <summary>Returns an object with one member, whose value is given as JSON text.</summary>
    public static JsonObject Member(string name, string json) => new() { [name] = JsonNode.Parse(json) };

    /// <summary>Returns the JSON text of a body in which one member has this text as its value, even if it is not valid JSON.</summary>
    public static string WithRaw(object body, string member, string value)
    {
        var others = Merge(body);
        others.Remove(member);
        return $"{others.ToJsonString()[..^1]}{(others.Count > 0 ? "," : "")}\"{member}\":{value}}}";
    }

    /// <summary>Creates an organization with one account.</summary>
    public static async Task<(Tenant Tenant, string AccountId)> CreateTenantWithAccountAsync(this AccountsServer server)
    {
        var tenant = await server.CreateTenantAsync();
        return (tenant, (await tenant.CreateAccountAsync()).Id);
    }

    /// <summary>Creates another user of the same organization, with a key.</summary>
    public static async Task<Tenant> CreateColleagueAsync(this AccountsServer server, Tenant tenant, string name = "Grace Hopper")
    {
        var user = await server.CreateUserAsync(tenant.OrganizationId, name);
        var key = await server.CreateKeyAsync(user.Id);
        return new Tenant(tenant.OrganizationId, user, key, server.CreateClient(key.Key));
    }

    /// <summary>Reads every page of a list.</summary>
    public static async Task<List<JsonElement>> ListAllAsync(this Tenant tenant, string path)
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

    /// <summary>Returns the value of a string member.</summary>
    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    /// <summary>Returns the values of several string members.</summary>
    public static string[] Texts(this JsonElement element, params string[] members) =>
        Array.ConvertAll(members, member => element.Text(member));

    /// <summary>Returns the items of a member that is an array of strings.</summary>
    public static string[] Items(this JsonElement element, string member) =>
        [.. element.GetProperty(member).EnumerateArray().Select(item => item.GetString()!)];

    private static JsonNode? Parse(object? part) =>
        part is string json ? JsonNode.Parse(json) : JsonSerializer.SerializeToNode(part);
}
