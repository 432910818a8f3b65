namespace Thena.Accounts.Browser.Tests;

/// <summary>One record of each kind, for operations that need one.</summary>
internal sealed class Records
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Creates the records.</summary>
    public static async Task<Records> CreateAsync(Tenant tenant)
    {
        var records = new Records();
        var account = records._ids["account"] = (await tenant.CreateAccountAsync()).Id;
        records._ids["relatedAccount"] = (await tenant.CreateAccountAsync()).Id;
        records._ids["user"] = tenant.User.Id;
        records._ids["customField"] = (await tenant.CreateCustomFieldAsync()).Text("uid");
        records._ids["attribute"] = (await tenant.CreateAttributeValueAsync("account_status", "PAUSED")).Id;
        records._ids["contact"] = await CreateAsync(tenant, "contacts", new { firstName = "Grace", email = "grace@globex.com" });
        records._ids["type"] = await CreateAsync(tenant, "relationships/types", new { name = "Reseller" });
        records._ids["relationship"] = await CreateAsync(
            tenant, "relationships", new
            {
                accountId = account,
                relatedAccountId = (await tenant.CreateAccountAsync()).Id,
                relationshipType = "Parent",
            });
        string[] attachmentUrls = ["https://files.example/offer.pdf"];
        foreach (var (kind, path, more) in new (string, string, object)[]
        {
            ("activity", "activities", new { activityTimestamp = "2026-01-15T09:30:00Z", duration = 45, location = "Zoom" }),
            ("note", "notes", new { content = "Wants an offer." }),
            ("task", "tasks", new { title = "Send the offer", assigneeId = tenant.User.Id }),
        })
        {
            var record = (await tenant.Client.Post($"/v1/accounts/{path}", Given.Merge(new { accountId = account, attachmentUrls }, more)))
                .Expect(201);
            records._ids[kind] = record.Id;
            records._ids[$"{kind}Attachment"] = record["attachments"][0].Text("id");
        }

        return records;
    }

    /// <summary>Returns the ID for a path parameter of an operation.</summary>
    public string PathId(Operation operation, string name) => _ids[(operation.Group, name) switch
    {
        (_, "attachmentId") => $"{operation.PathIds[0][..^2]}Attachment",
        ("Accounts", "id") => "account",
        ("Attribute values", "id") => "attribute",
        ("Relationship types", "id") => "type",
        ("Relationships", "id") => "relationship",
        _ => name[..^2],
    }];

    /// <summary>Replaces the IDs of an example body with the IDs of these records.</summary>
    public string Edit(string body) => body
        .Replace("01JZ6F9T3N4S8W5V7X2Y1A0BCD", _ids["account"], StringComparison.Ordinal)
        .Replace("01JZ6F9T3N4S8W5V7X2Y1A0BCE", _ids["relatedAccount"], StringComparison.Ordinal)
        .Replace("01JZ6F9T3N4S8W5V7X2Y1A0BCF", _ids["customField"], StringComparison.Ordinal)
        .Replace("01JZ6F9T3N4S8W5V7X2Y1A0BCG", _ids["user"], StringComparison.Ordinal);

    private static async Task<string> CreateAsync(Tenant tenant, string path, object body) =>
        (await tenant.Client.Post($"/v1/accounts/{path}", body)).Expect(201).Id;
}
