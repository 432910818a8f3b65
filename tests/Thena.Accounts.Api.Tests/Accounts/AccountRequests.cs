using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Api.Tests.Accounts;

/// <summary>What tests of accounts ask for again and again.</summary>
internal static partial class AccountRequests
{
    /// <summary>Where accounts are.</summary>
    public const string Root = "/v1/accounts";

    /// <summary>A domain that no account has.</summary>
    public static string NewDomain() => $"{Guid.CreateVersion7():N}.example.com";

    /// <summary>A body for create: a name and a new domain, and the members given as an object or as JSON, which win.</summary>
    public static JsonObject Body(object? members = null)
    {
        var body = new JsonObject { ["name"] = "Acme", ["primaryDomain"] = NewDomain() };
        var given = members as string is { } json ? JsonNode.Parse(json) : JsonSerializer.SerializeToNode(members);
        foreach (var (name, value) in given as JsonObject ?? [])
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    /// <summary>Posts an account.</summary>
    public static Task<Answer> PostAccount(this Tenant tenant, object? members = null) => tenant.Client.Post(Root, Body(members));

    /// <summary>Posts an account with a member that is written exactly so.</summary>
    public static Task<Answer> PostAccountText(this Tenant tenant, string member, string value)
    {
        var others = Body().Where(kept => kept.Key != member).Select(kept => $"\"{kept.Key}\":{kept.Value!.ToJsonString()}");
        return tenant.Client.Post(Root, $"{{{string.Join(',', others.Append($"\"{member}\":{value}"))}}}");
    }

    /// <summary>Creates an account.</summary>
    public static async Task<Answer> CreateAccount(this Tenant tenant, object? members = null) =>
        (await tenant.PostAccount(members)).Expect(201);

    /// <summary>Gets an account.</summary>
    public static Task<Answer> GetAccount(this Tenant tenant, string id) => tenant.Client.Get($"{Root}/{id}");

    /// <summary>Puts changes of an account.</summary>
    public static Task<Answer> PutAccount(this Tenant tenant, string id, object changes) => tenant.Client.Put($"{Root}/{id}", changes);

    /// <summary>Deletes an account.</summary>
    public static Task<Answer> DeleteAccount(this Tenant tenant, string id) => tenant.Client.Delete($"{Root}/{id}");

    /// <summary>Creates many accounts.</summary>
    public static Task<Answer> PostAccounts(this Tenant tenant, IEnumerable<object?> accounts) =>
        tenant.Client.Post($"{Root}/bulk", new { accounts });

    /// <summary>Lists accounts; the query starts behind the question mark.</summary>
    public static Task<Answer> ListAccounts(this Tenant tenant, string query = "") => tenant.Client.Get($"{Root}?{query}");

    /// <summary>Creates an attribute value.</summary>
    public static async Task<Answer> CreateAttributeValue(this Tenant tenant, object body) =>
        (await tenant.Client.Post($"{Root}/attributes", body)).Expect(201);

    /// <summary>The id of an attribute value.</summary>
    public static async Task<string> AttributeId(this Tenant tenant, string attribute, string value) =>
        (await tenant.Client.Get($"{Root}/attributes?attribute={attribute}")).Expect(200).Json.EnumerateArray()
        .Single(row => row.GetProperty("value").GetString() == value).GetProperty("id").GetString()!;

    /// <summary>Creates a custom field of accounts.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> CreateCustomField(this Tenant tenant, string fieldType, string members = "{}")
    {
        var body = new JsonObject { ["name"] = $"Field {Guid.CreateVersion7()}", ["source"] = "account", ["fieldType"] = fieldType };
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return (await tenant.Client.Post("/v1/custom-field", body)).Expect(201)["data"].GetProperty("uid").GetString()!;
    }

    /// <summary>The text members of this name of a list's rows.</summary>
    public static string[] Each(this Answer answer, string member) =>
        [.. answer.Json.EnumerateArray().Select(row => row.GetProperty(member).GetString()!)];

    /// <summary>The links of a list, by relation.</summary>
    public static Dictionary<string, string> Links(this Answer answer) => Link().Matches(answer.Headers["Link"])
        .ToDictionary(link => link.Groups["relation"].Value, link => link.Groups["address"].Value);

    /// <summary>The fields that a 400 finds problems of, in its order.</summary>
    public static string[] ProblemFields(this Answer answer) =>
        [.. answer.Expect(400)["errors"].EnumerateArray().Select(error => error.GetProperty("field").GetString()!)];

    /// <summary>A member as JSON.</summary>
    public static string RawOf(this Answer answer, string member) => answer[member].GetRawText();

    [GeneratedRegex("<(?<address>[^>]+)>; rel=\"(?<relation>[a-z]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
