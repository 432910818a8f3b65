using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>A request that writes, ready to be sent.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path.</param>
/// <param name="Body">The body, if the operation has one.</param>
public sealed record WriteRequest(HttpMethod Method, string Path, JsonObject? Body = null);

/// <summary>Every operation of the API that writes, each with a request that succeeds once.</summary>
public static class WriteOperation
{
    private const string Post = "POST", Put = "PUT", Delete = "DELETE", Patch = "PATCH";

    /// <summary>The names of all operations that write records: method and path.</summary>
    public static IReadOnlyList<string> OfRecords { get; } =
    [
        "POST accounts", "POST accounts/bulk", "PUT accounts", "DELETE accounts",
        "POST contacts", "POST contacts/bulk", "POST contacts/ingest", "PUT contacts", "DELETE contacts",
        "POST attributes", "PUT attributes", "DELETE attributes",
        "POST relationships/types", "POST relationships/types with inverse", "PUT relationships/types", "DELETE relationships/types",
        "POST relationships", "PUT relationships", "DELETE relationships",
        "POST activities", "PUT activities", "DELETE activities", "DELETE activities/attachments",
        "POST notes", "PUT notes", "DELETE notes", "DELETE notes/attachments",
        "POST tasks", "PUT tasks", "DELETE tasks", "DELETE tasks/attachments",
        "POST custom-field", "PATCH custom-field", "POST custom-field/delete",
    ];

    /// <summary>The names of all operations: those that write records, and those on webhooks, which have no history.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. OfRecords, "POST webhooks", "PUT webhooks", "DELETE webhooks", "POST webhooks/rotate-secret",
    ];

    /// <summary>The operations that change or delete one record, and so can have <c>If-Match</c>.</summary>
    public static IReadOnlyList<string> OfOneRecord { get; } =
        [.. Names.Where(name => name.StartsWith(Put, StringComparison.Ordinal) || name.StartsWith(Delete, StringComparison.Ordinal))];

    /// <summary>Sends a request with headers.</summary>
    public static Task<Answer> Send(this HttpClient client, WriteRequest request, params (string Name, string Value)[] headers) =>
        client.Send(request.Method, request.Path, request.Body, headers: headers);

    /// <summary>Creates what an operation needs, and returns its request.</summary>
    public static async Task<WriteRequest> PrepareAsync(string name, Tenant tenant)
    {
        var parts = name.Split(' ', 2);
        var (method, target) = (parts[0], parts[1]);
        var unique = Guid.CreateVersion7().ToString("N");
        return target.Split('/')[0] switch
        {
            "accounts" => await AccountAsync(method, target, tenant, unique),
            "contacts" => await ContactAsync(method, target, tenant),
            "attributes" => await AttributeAsync(method, tenant, unique),
            "relationships" => await RelationshipAsync(method, target, tenant, unique),
            "webhooks" => await WebhookAsync(method, target, tenant, unique),
            "custom-field" => await CustomFieldAsync(method, target, tenant, unique),
            var feature => await RecordAsync(method, feature, target.EndsWith("/attachments", StringComparison.Ordinal), tenant),
        };
    }

    private static async Task<WriteRequest> AccountAsync(
        string method, string target, Tenant tenant, string unique) => (method, target) switch
        {
            (Post, "accounts/bulk") =>
                Request(method, $"{Paths.Accounts}/bulk", new { accounts = new[] { Given.Account(), Given.Account() } }),
            (Post, _) => Request(method, Paths.Accounts, Given.Account(new { addExistingUsersToAccountContacts = true })),
            _ => Request(
                method, $"{Paths.Accounts}/{(await tenant.CreateAccountAsync()).Id}", method == Put ? new { description = unique } : null),
        };

    private static async Task<WriteRequest> ContactAsync(string method, string target, Tenant tenant) => (method, target) switch
    {
        (Post, "contacts/bulk") => Request(method, $"{Paths.Contacts}/bulk", new { contacts = new[] { new { email = Given.NewEmail() } } }),
        (Post, "contacts/ingest") => Request(method, $"{Paths.Contacts}/ingest", new
        {
            sinkSource = "SLACK",
            sinkId = "T1",
            users = new[] { new { firstName = "Ada", email = Given.NewEmail() } },
        }),
        (Post, _) => Request(method, Paths.Contacts, Given.Contact()),
        _ => Request(
            method, $"{Paths.Contacts}/{(await tenant.CreateContactAsync()).Id}", method == Put ? new { lastName = "Byron" } : null),
    };

    private static async Task<WriteRequest> AttributeAsync(string method, Tenant tenant, string unique) => method switch
    {
        Post => Request(method, Paths.AttributeValues, new { attribute = "account_industry", value = unique }),
        _ => Request(
            method,
            $"{Paths.AttributeValues}/{(await tenant.CreateAttributeValueAsync("account_industry", unique)).Id}",
            method == Put ? new { value = unique + "!" } : null),
    };

    private static async Task<WriteRequest> RelationshipAsync(string method, string target, Tenant tenant, string unique)
    {
        if (target == "relationships/types with inverse")
        {
            var inverseRelationshipId = (await tenant.CreateRelationshipTypeAsync(unique)).Id;
            return Request(method, Paths.RelationshipTypes, new { name = unique + "!", inverseRelationshipId });
        }

        if (target == "relationships/types")
        {
            return method == Post
                ? Request(method, Paths.RelationshipTypes, new { name = unique })
                : Request(
                    method,
                    $"{Paths.RelationshipTypes}/{(await tenant.CreateRelationshipTypeAsync(unique)).Id}",
                    method == Put ? new { name = unique + "!" } : null);
        }

        var (accountId, relatedAccountId) = ((await tenant.CreateAccountAsync()).Id, (await tenant.CreateAccountAsync()).Id);
        var relationshipType = (await tenant.CreateRelationshipTypeAsync(unique)).Id;
        var created = Request(Post, Paths.Relationships, new { accountId, relatedAccountId, relationshipType });
        if (method == Post)
        {
            return created;
        }

        var id = (await tenant.Client.Post(Paths.Relationships, created.Body!)).Expect(201).Id;
        return Request(method, $"{Paths.Relationships}/{id}", method == Put ? new { relationshipType, metadata = new { unique } } : null);
    }

    private static async Task<WriteRequest> RecordAsync(string method, string feature, bool isAttachment, Tenant tenant)
    {
        var accountId = (await tenant.CreateAccountAsync()).Id;
        if (method == Post)
        {
            return Request(method, Feature.PathOf(feature), Given.Record(tenant, feature, accountId));
        }

        var record = await tenant.CreateRecordAsync(feature, accountId, new { attachmentUrls = new[] { "https://example.com/a.pdf" } });
        var path = Feature.PathOf(feature, record.Id);
        return isAttachment ? Request(method, $"{path}/attachments/{record["attachments"][0].Text("id")}")
            : Request(method, path, method == Put ? new { attachmentUrls = new[] { "https://example.com/b.pdf" } } : null);
    }

    /// <summary>The webhook is not active, so that nothing but the request changes it.</summary>
    private static async Task<WriteRequest> WebhookAsync(string method, string target, Tenant tenant, string unique)
    {
        var created = Request(
            Post, Paths.Webhooks, new { url = "https://8.8.8.8/accounts", description = unique, isActive = false });
        if ((method, target) == (Post, "webhooks"))
        {
            // A webhook starts at the end of the feed, so its creation numbers what has not been read yet.
            (await tenant.Client.Get("/v1/accounts/events?limit=1")).Expect(200);
            return created;
        }

        var id = (await tenant.Client.Post(Paths.Webhooks, created.Body!)).Expect(201).Id;
        return target == "webhooks"
            ? Request(method, $"{Paths.Webhooks}/{id}", method == Put ? new { description = unique + "!" } : null)
            : Request(method, $"{Paths.Webhooks}/{id}/rotate-secret", new { overlapHours = 1 });
    }

    private static async Task<WriteRequest> CustomFieldAsync(string method, string target, Tenant tenant, string unique)
    {
        if ((method, target) == (Post, "custom-field"))
        {
            return Request(method, Paths.CustomFields, new { name = unique, source = "account", fieldType = "single_line" });
        }

        var fieldId = (await tenant.CreateCustomFieldAsync()).Text("uid");
        return method == Patch
            ? Request(
                method, Paths.CustomFields, new { fields = new[] { new { fieldId, version = 1, updates = new { hintText = unique } } } })
            : Request(method, $"{Paths.CustomFields}/delete", new { fields = new[] { new { fieldId } } });
    }

    private static WriteRequest Request(string method, string path, object? body = null) =>
        new(HttpMethod.Parse(method), path, body is null ? null : Given.Merge(body));
}
