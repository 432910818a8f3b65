using System.Text.Json;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Api.Tests.Authentication;

/// <summary>
/// An organization cannot see, change or refer to the records of another. In every operation, their IDs behave like unknown ones.
/// </summary>
public sealed partial class TenancyTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string OwnAccount = "(own account)";
    private const string OtherAccount = "(other account)";
    private const string OwnUser = "(own user)";
    private const string WebhookUrl = "https://hooks.acme.example/accounts";

    private static readonly string[] Urls = ["https://files.example.com/secret.pdf"];

    private static readonly Ids Unknown = new()
    {
        Account = Given.UnknownId,
        Domain = "unknown.example.com",
        Value = Given.UnknownId,
        ValueText = "UNKNOWN",
        Field = Given.UnknownId,
        FieldName = "Unknown",
        Owner = Given.UnknownId,
        Contact = Given.UnknownId,
        ContactType = Given.UnknownId,
        ContactField = Given.UnknownId,
        Bond = Given.UnknownId,
        BondName = "Unknown bond",
        Relationship = Given.UnknownId,
        ActivityType = Given.UnknownId,
        Activity = Given.UnknownId,
        Note = Given.UnknownId,
        Task = Given.UnknownId,
        Attachment = Given.UnknownId,
        Webhook = Given.UnknownId,
        Delivery = Given.UnknownId,
        Event = Given.UnknownId,
        Cursor = "unknown",
    };

    /// <summary>Every operation, with requests that refer to records of another organization.</summary>
    private static readonly Dictionary<string, Func<Ids, Request[]>> Operations = new()
    {
        ["GET /v1/accounts"] = ids =>
        [
            new("?limit=100"), new("?updatedAfter=2020-01-01T00:00:00Z&createdAfter=2020-01-01T00:00:00Z&includeTotal=true"),
            new($"?status={ids.Value}"), new($"?status={ids.ValueText}"), new(
                $"?accountOwnerId={ids.Owner}"), new($"?search={ids.Domain}"),
        ],
        ["POST /v1/accounts"] = ids =>
        [
            Account(new { status = ids.Value }), Account(new { status = ids.ValueText }), Account(
                new { classification = ids.Value }), Account(new { health = ids.Value }),
            Account(new { industry = ids.Value }), Account(new { accountOwnerId = ids.Owner }), Account(
                new { customFieldValues = Values(ids) }),
            Account(new { primaryDomain = ids.Domain }),
        ],
        ["POST /v1/accounts/filter/ids"] = ids => [new("", new { ids = new[] { ids.Account } })],
        ["POST /v1/accounts/filter/primary-domains"] = ids => [new("", new { primaryDomains = new[] { ids.Domain } })],
        ["POST /v1/accounts/bulk"] = ids =>
        [
            Bulk(new { status = ids.Value }), Bulk(new { accountOwnerId = ids.Owner }), Bulk(
                new { customFieldValues = Values(ids) }), Bulk(new { primaryDomain = ids.Domain }),
        ],
        ["GET /v1/accounts/{id}"] = ids => [new(ids.Account), new($"{ids.Account}?at=2099-01-01T00:00:00Z")],
        ["PUT /v1/accounts/{id}"] = ids =>
        [
            new(ids.Account, new { name = "Stolen" }), new("own", new { status = ids.Value }), new("own", new { status = ids.ValueText }),
            new("own", new { accountOwnerId = ids.Owner }), new(
                "own", new { customFieldValues = Values(ids) }), new("own", new { primaryDomain = ids.Domain }),
        ],
        ["DELETE /v1/accounts/{id}"] = ids => [new(ids.Account)],
        ["GET /v1/accounts/attributes"] = _ => [new("?attribute=account_status")],
        ["POST /v1/accounts/attributes"] = ids => [new("", new { attribute = "account_status", value = ids.ValueText, isDefault = true })],
        ["PUT /v1/accounts/attributes/{id}"] = ids => [new(ids.Value, new { value = "Stolen", isDefault = true })],
        ["DELETE /v1/accounts/attributes/{id}"] = ids => [new(ids.Value), new($"{ids.Value}?forceDelete=true")],
        ["GET /v1/accounts/account-custom-fields"] = _ => [new("")],
        ["GET /v1/custom-field"] = _ => [new("?limit=100"), new("?limit=100&teamId=team&onlyTeamFields=true")],
        ["GET /v1/custom-field/types"] = _ => [new("")],
        ["POST /v1/custom-field"] = ids => [new("", new { name = ids.FieldName, source = "account", fieldType = "single_line" })],
        ["PATCH /v1/custom-field"] =
            ids => [new("", new { fields = new[] { new { fieldId = ids.Field, version = 1, updates = new { name = "Stolen" } } } })],
        ["POST /v1/custom-field/delete"] = ids => [new("", new { fields = new[] { new { fieldId = ids.Field } } })],
        ["GET /v1/accounts/contacts"] = ids =>
        [
            new("?limit=100"), new($"?accountId={ids.Account}"), new(
                $"?contactType={ids.ContactType}"), new($"?contactType={ids.ValueText}"),
        ],
        ["POST /v1/accounts/contacts"] = ids =>
        [
            Contact(ids, new { accountIds = new[] { ids.Account } }), Contact(ids, new { accountIds = new[] { OwnAccount, ids.Account } }),
            Contact(ids, new { contactType = ids.ContactType }), Contact(ids, new { contactType = ids.ValueText }),
            Contact(ids, new { customFieldValues = ContactValues(ids) }), Contact(ids),
        ],
        ["POST /v1/accounts/contacts/filter/ids"] = ids => [new("", new { ids = new[] { ids.Contact } })],
        ["GET /v1/accounts/contacts/search"] = ids => [new($"?email={ids.Email}")],
        ["POST /v1/accounts/contacts/bulk"] = ids =>
        [
            Contacts(ids, new { accountIds = new[] { ids.Account } }), Contacts(ids, new { accountIds = ids.Account }),
            Contacts(ids, new { contactType = ids.ContactType }),
            Contacts(ids, item: new { accountId = ids.Account }), Contacts(ids, item: new { contactType = ids.ContactType }),
            Contacts(ids, item: new { customFieldValues = ContactValues(ids) }), Contacts(ids),
        ],
        ["POST /v1/accounts/contacts/ingest"] = ids =>
        [
            Ingest(ids, new { contactType = ids.ContactType }),
            Ingest(ids, new { contactType = ids.ValueText }),
            Ingest(ids),
        ],
        ["GET /v1/accounts/contacts/{contactId}"] = ids => [new(ids.Contact)],
        ["PUT /v1/accounts/contacts/{contactId}"] = ids =>
        [
            new(ids.Contact, new { firstName = "Stolen" }), new(
                "own", new { accountIds = new[] { ids.Account } }), new("own", new { contactType = ids.ContactType }),
            new("own", new { contactType = ids.ValueText }), new(
                "own", new { customFieldValues = ContactValues(ids) }), new("own", new { email = ids.Email }),
        ],
        ["DELETE /v1/accounts/contacts/{contactId}"] = ids => [new(ids.Contact)],
        ["GET /v1/accounts/relationships/types"] = _ => [new("")],
        ["POST /v1/accounts/relationships/types"] = ids =>
        [
            new("", new { name = "New", inverseRelationshipId = ids.Bond }), new("", new { name = ids.BondName }),
        ],
        ["PUT /v1/accounts/relationships/types/{id}"] = ids =>
        [
            new(
                ids.Bond,
                new
                {
                    name = "Stolen",
                    inverseRelationshipId = (string?)null,
                }), new("own", new { inverseRelationshipId = ids.Bond }), new("own", new { name = ids.BondName }),
        ],
        ["DELETE /v1/accounts/relationships/types/{id}"] = ids => [new(ids.Bond)],
        ["GET /v1/accounts/relationships"] = ids =>
        [
            new("?limit=100"),
            new($"?accountId={ids.Account}"),
            new($"?relationshipTypeId={ids.Bond}"),
        ],
        ["POST /v1/accounts/relationships"] = ids =>
        [
            Relationship(
                ids.Account,
                OtherAccount,
                "Partner"), Relationship(OwnAccount, ids.Account, "Partner"), Relationship(OwnAccount, OtherAccount, ids.Bond),
            Relationship(OwnAccount, OtherAccount, ids.BondName),
        ],
        ["GET /v1/accounts/relationships/{id}"] = ids => [new(ids.Relationship)],
        ["PUT /v1/accounts/relationships/{id}"] = ids =>
        [
            new(ids.Relationship, new { relationshipType = "Partner" }), new("own", new { relationshipType = ids.Bond }),
            new("own", new { relationshipType = ids.BondName }),
        ],
        ["DELETE /v1/accounts/relationships/{id}"] = ids => [new(ids.Relationship)],
        ["GET /v1/accounts/activities"] = ids =>
        [
            new("?limit=100"), new($"?accountId={ids.Account}"), new($"?activityId={ids.Activity}"), new($"?type={ids.ActivityType}"),
            new($"?type={ids.ValueText}"),
        ],
        ["POST /v1/accounts/activities"] = ids =>
        [
            Activity(ids.Account), Activity(
                OwnAccount, new { type = ids.ActivityType }), Activity(OwnAccount, new { type = ids.ValueText }),
            Activity(OwnAccount, new { participants = new[] { ids.Owner } }),
        ],
        ["GET /v1/accounts/activities/{activityId}"] = ids => [new(ids.Activity)],
        ["PUT /v1/accounts/activities/{activityId}"] = ids =>
        [
            new(ids.Activity, new { title = "Stolen" }), new("own", new { type = ids.ActivityType }), new(
                "own", new { participants = new[] { ids.Owner } }),
        ],
        ["DELETE /v1/accounts/activities/{activityId}"] = ids => [new(ids.Activity)],
        ["DELETE /v1/accounts/activities/{activityId}/attachments/{attachmentId}"] = ids => [new(ids.Activity), new("own")],
        ["GET /v1/accounts/notes"] = ids => [new("?limit=100"), new($"?accountId={ids.Account}"), new($"?noteId={ids.Note}")],
        ["POST /v1/accounts/notes"] = ids => [Note(ids.Account), Note(OwnAccount, new { type = ids.ActivityType })],
        ["GET /v1/accounts/notes/{noteId}"] = ids => [new(ids.Note)],
        ["PUT /v1/accounts/notes/{noteId}"] = ids =>
        [
            new(ids.Note, new { content = "Stolen" }),
            new("own", new { type = ids.ActivityType }),
        ],
        ["DELETE /v1/accounts/notes/{noteId}"] = ids => [new(ids.Note)],
        ["DELETE /v1/accounts/notes/{noteId}/attachments/{attachmentId}"] = ids => [new(ids.Note), new("own")],
        ["GET /v1/accounts/tasks"] = ids =>
        [
            new("?limit=100"), new($"?accountId={ids.Account}"), new($"?taskId={ids.Task}"), new($"?activityId={ids.Activity}"),
            new($"?assigneeId={ids.Owner}"),
        ],
        ["POST /v1/accounts/tasks"] = ids =>
        [
            AccountTask(ids.Account, OwnUser), AccountTask(OwnAccount, ids.Owner), AccountTask(
                OwnAccount, OwnUser, new { activityId = ids.Activity }),
            AccountTask(OwnAccount, OwnUser, new { type = ids.ActivityType }),
        ],
        ["GET /v1/accounts/tasks/{taskId}"] = ids => [new(ids.Task)],
        ["PUT /v1/accounts/tasks/{taskId}"] = ids =>
        [
            new(ids.Task, new { title = "Stolen" }), new("own", new { assigneeId = ids.Owner }), new(
                "own", new { activityId = ids.Activity }),
            new("own", new { status = ids.ActivityType }),
        ],
        ["DELETE /v1/accounts/tasks/{taskId}"] = ids => [new(ids.Task)],
        ["DELETE /v1/accounts/tasks/{taskId}/attachments/{attachmentId}"] = ids => [new(ids.Task), new("own")],
        ["POST /v1/accounts/import"] = ids =>
        [
            Account(new { status = ids.Value }), Account(new { accountOwnerId = ids.Owner }),
            Account(new { customFieldValues = Values(ids) }), Account(new { primaryDomain = ids.Domain }),
        ],
        ["POST /v1/accounts/contacts/import"] = ids =>
        [
            Contact(ids, new { accountIds = new[] { ids.Account } }), Contact(ids, new { contactType = ids.ContactType }),
            Contact(ids, new { customFieldValues = ContactValues(ids) }), Contact(ids),
        ],
        ["GET /v1/accounts/webhooks"] = _ => [new("")],
        ["POST /v1/accounts/webhooks"] = _ => [new("", new { url = WebhookUrl, isActive = false })],
        ["GET /v1/accounts/webhooks/{id}"] = ids => [new(ids.Webhook)],
        ["PUT /v1/accounts/webhooks/{id}"] = ids => [new(ids.Webhook, new { description = "Stolen" })],
        ["DELETE /v1/accounts/webhooks/{id}"] = ids => [new(ids.Webhook)],
        ["POST /v1/accounts/webhooks/{id}/rotate-secret"] = ids => [new(ids.Webhook, new { })],
        ["POST /v1/accounts/webhooks/{id}/test"] = ids => [new(ids.Webhook)],
        ["POST /v1/accounts/webhooks/{id}/replay"] = ids => [new(ids.Webhook, new { since = "2025-01-01T00:00:00Z" })],
        ["GET /v1/accounts/webhooks/{id}/deliveries"] = ids => [new(ids.Webhook)],
        ["POST /v1/accounts/webhooks/{id}/deliveries/{deliveryId}/retry"] = ids => [new(ids.Webhook), new("own")],
        ["GET /v1/accounts/events"] = ids =>
        [
            new($"?accountId={ids.Account}"), new("?types=webhook:disabled"),
            new($"?after={ids.Cursor}"), new($"?wait=0&after={ids.Cursor}"),
        ],
        ["GET /v1/accounts/events/{eventId}"] = ids => [new(ids.Event), new($"{ids.Event}-status")],
        ["GET /v1/accounts/events/types"] = _ => [new("")],
        ["GET /v1/accounts/{id}/history"] = ids => [new(ids.Account)],
        ["GET /v1/accounts/contacts/{contactId}/history"] = ids => [new(ids.Contact)],
        ["GET /v1/accounts/relationships/{id}/history"] = ids => [new(ids.Relationship)],
        ["GET /v1/accounts/activities/{activityId}/history"] = ids => [new(ids.Activity)],
        ["GET /v1/accounts/notes/{noteId}/history"] = ids => [new(ids.Note)],
        ["GET /v1/accounts/tasks/{taskId}/history"] = ids => [new(ids.Task)],
        ["POST /v1/accounts/contacts/{contactId}/erase"] = ids => [new(ids.Contact)],
        ["GET /v1/accounts/export"] = _ => [new("?kind=accounts"), new("?kind=contacts&format=csv"), new("?kind=notes")],
    };

    public static TheoryData<string> OperationNames => [.. Operations.Keys];

    [Fact]
    public async Task Operations_OfTheApiDocument_AllHaveACaseHere()
    {
        using var client = server.CreateClient();
        var paths = (await client.Get("/openapi/v1.json")).Expect(200)["paths"];

        var documented = paths.EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject(), (path, operation) => $"{operation.Name.ToUpperInvariant()} {path.Name}")
            .Where(operation => operation.Contains("/v1/", StringComparison.Ordinal));

        Assert.Equivalent(Operations.Keys.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal), strict: true);
    }

    [Theory]
    [MemberData(nameof(OperationNames))]
    public async Task Operation_WithWhatAnotherOrganizationHas_AnswersAsIfItDidNotExist(string operation)
    {
        var owner = await server.CreateTenantAsync();
        var ids = await ArrangeAsync(owner);
        var before = await SnapshotAsync(owner);
        var (stranger, control) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());

        var foreign = await RunAsync(stranger, operation, ids);
        var unknown = await RunAsync(control, operation, Unknown);

        Assert.Equal(unknown.Select(answer => Normalize(answer, Unknown)), foreign.Select(answer => Normalize(answer, ids)));
        Assert.Equal(before, await SnapshotAsync(owner));
        var shown = await SnapshotAsync(stranger);
        Assert.All((string[])[.. ids.All, owner.OrganizationId], id => Assert.DoesNotContain(id, shown, StringComparison.Ordinal));
    }

    private static Request Account(object more) => new("", Given.Account(more));

    private static Request Bulk(object more) => new("", new { accounts = new[] { Given.Account(more) } });

    private static object[] Values(Ids ids) => [new { customFieldId = ids.Field, data = "x" }];

    private static object[] ContactValues(Ids ids) => [new { customFieldId = ids.ContactField, data = "x" }];

    private static Request Contact(Ids ids, object? more = null) =>
        new("", Given.Merge(new { firstName = "New", email = ids.Email }, more));

    private static Request Contacts(Ids ids, object? more = null, object? item = null) =>
        new("", Given.Merge(new { contacts = new[] { Given.Merge(new { email = ids.Email }, item) } }, more));

    private static Request Ingest(Ids ids, object? user = null) =>
        new("", new { users = new[] { Given.Merge(new { email = ids.Email }, user) }, sinkSource = "SLACK" });

    private static Request Relationship(string accountId, string relatedAccountId, string relationshipType) =>
        new("", new { accountId, relatedAccountId, relationshipType });

    private static Request Activity(string accountId, object? more = null) =>
        new(
            "",
            Given.Merge(
                new { accountId, activityTimestamp = "2023-12-07T10:30:00Z", duration = 1, location = "Zoom", attachmentUrls = Urls },
                more));

    private static Request Note(string accountId, object? more = null) =>
        new("", Given.Merge(new { accountId, content = "Secret", attachmentUrls = Urls }, more));

    private static Request AccountTask(string accountId, string assigneeId, object? more = null) =>
        new("", Given.Merge(new { accountId, assigneeId, title = "Secret", attachmentUrls = Urls }, more));

    private static async Task<Ids> ArrangeAsync(Tenant tenant)
    {
        var field = await tenant.CreateCustomFieldAsync(new { name = "Secret", teamId = "team" });
        var contactField = await tenant.CreateCustomFieldAsync(new { name = "Secret", source = "customer_contact" });
        var value = await tenant.CreateAttributeValueAsync("account_status", "SECRET", new { isDefault = true });
        var contactType = await tenant.CreateAttributeValueAsync("contact_type", "SECRET", new { isDefault = true });
        var activityType = await tenant.CreateAttributeValueAsync("activity_type", "SECRET", new { isDefault = true });
        var account = await tenant.CreateAccountAsync(new
        {
            name = "Secret",
            accountOwnerId = tenant.User.Id,
            customFieldValues = new[] { new { customFieldId = field.Text("uid"), data = "Secret" } },
        });
        var ids = new Ids
        {
            Account = account.Id,
            Domain = account.TextOf("primaryDomain"),
            Value = value.Id,
            ValueText = "SECRET",
            Field = field.Text("uid"),
            FieldName = "Secret",
            Owner = tenant.User.Id,
            ContactType = contactType.Id,
            ContactField = contactField.Text("uid"),
            BondName = "Secret bond",
            ActivityType = activityType.Id,
        };
        var bond = await tenant.CreateRelationshipTypeAsync(ids.BondName);
        var relationship = await tenant.PostRelationshipAsync(account.Id, (await tenant.CreateAccountAsync()).Id, bond.Id);
        var contact = await tenant.CreateContactAsync(
            new { firstName = "New", email = ids.Email, accountIds = new[] { account.Id }, customFieldValues = ContactValues(ids) });
        var webhook = (await tenant.Client.Post(Paths.Webhooks, new { url = WebhookUrl })).Expect(201).Id;
        var delivery = (await tenant.Client.Send(HttpMethod.Post, $"{Paths.Webhooks}/{webhook}/test", null)).Expect(201).Id;
        (await tenant.Client.Put($"{Paths.Webhooks}/{webhook}", new { isActive = false })).Expect(200);
        var activity = await PostAsync("activities", Activity(account.Id, new { participants = new[] { ids.Owner } }));
        var events = (await tenant.Client.Get("/v1/accounts/events")).Expect(200);
        return ids with
        {
            Activity = activity.Id,
            Note = (await PostAsync("notes", Note(account.Id))).Id,
            Task = (await PostAsync("tasks", AccountTask(account.Id, ids.Owner, new { activityId = activity.Id }))).Id,
            Attachment = activity["attachments"][0].Text("id"),
            Contact = contact.Id,
            Bond = bond.Id,
            Relationship = relationship.Expect(201).Id,
            Webhook = webhook,
            Delivery = delivery,
            Event = events["events"][0].Text("eventId"),
            Cursor = events.TextOf("nextCursor"),
        };

        async Task<Answer> PostAsync(string place, Request request) =>
            (await tenant.Client.Post($"{Paths.Accounts}/{place}", request.Body!)).Expect(201);
    }

    private static async Task<List<Answer>> RunAsync(Tenant tenant, string operation, Ids ids)
    {
        var (method, path) = operation.Split(' ') is [var first, var second]
            ? (first, second)
            : throw new InvalidOperationException(operation);
        var (account, other) = ((await tenant.CreateAccountAsync()).Id, (await tenant.CreateAccountAsync()).Id);
        var own = await CreateOwnAsync(tenant, path, account, other);
        List<Answer> answers = [];
        foreach (var request in Operations[operation](ids))
        {
            var place = request.Place == "own" ? own : request.Place;
            var target = PathId().IsMatch(path)
                ? PathId().Replace(
                    path.Replace("{attachmentId}", ids.Attachment, StringComparison.Ordinal)
                        .Replace("{deliveryId}", ids.Delivery, StringComparison.Ordinal),
                    place)
                : path + place;
            var body = request.Body is null ? null : JsonSerializer.Serialize(request.Body)
                .Replace(OwnAccount, account, StringComparison.Ordinal).Replace(OtherAccount, other, StringComparison.Ordinal)
                .Replace(OwnUser, tenant.User.Id, StringComparison.Ordinal);
            var type = path.EndsWith("/import", StringComparison.Ordinal) ? "application/x-ndjson" : "application/json";
            answers.Add(await tenant.Client.Send(new HttpMethod(method), target, body, type));
        }

        return answers;
    }

    /// <summary>Creates a record of the caller, of the kind in the path.</summary>
    private static async Task<string> CreateOwnAsync(Tenant tenant, string path, string account, string other) => path switch
    {
        $"{Paths.Contacts}/{{contactId}}" => (await tenant.CreateContactAsync(new { firstName = "Own" })).Id,
        $"{Paths.RelationshipTypes}/{{id}}" => (await tenant.CreateRelationshipTypeAsync("Own")).Id,
        $"{Paths.Relationships}/{{id}}" => (await tenant.PostRelationshipAsync(account, other, "Parent")).Expect(201).Id,
        _ when path.StartsWith($"{Paths.Webhooks}/", StringComparison.Ordinal) =>
            (await tenant.Client.Post(Paths.Webhooks, new { url = WebhookUrl, isActive = false })).Expect(201).Id,
        _ when path.StartsWith($"{Paths.Accounts}/activities/", StringComparison.Ordinal) =>
            (await tenant.CreateRecordAsync(Feature.Activities, account, new { attachmentUrls = Urls })).Id,
        _ when path.StartsWith($"{Paths.Accounts}/notes/", StringComparison.Ordinal) =>
            (await tenant.CreateRecordAsync(Feature.Notes, account, new { attachmentUrls = Urls })).Id,
        _ when path.StartsWith($"{Paths.Accounts}/tasks/", StringComparison.Ordinal) =>
            (await tenant.CreateRecordAsync(Feature.Tasks, account, new { attachmentUrls = Urls })).Id,
        _ => account,
    };

    private static async Task<string> SnapshotAsync(Tenant tenant)
    {
        List<string> parts = [];
        foreach (
            var list in (string[])
            [
                "?limit=100", "/contacts?limit=100", "/relationships/types", "/relationships?limit=100", "/activities?limit=100",
                "/notes?limit=100", "/tasks?limit=100", "/webhooks",
            ])
        {
            parts.Add((await tenant.Client.Get(Paths.Accounts + list)).Expect(200).Text);
        }

        foreach (var attribute in (string[])["account_status", "account_health", "task_status", "contact_type", "activity_type"])
        {
            parts.AddRange((await tenant.ListAttributeValuesAsync(attribute)).Select(value => value.GetRawText()));
        }

        parts.AddRange((await tenant.ListCustomFieldsAsync()).Select(field => field.GetRawText()));
        return string.Join('\n', parts);
    }

    /// <summary>Returns the status and the body, without the parts that differ between two new records.</summary>
    private static string Normalize(Answer answer, Ids ids)
    {
        var text = Cursor().Replace(WebhookSecret().Replace($"{(int)answer.Status} {answer.Text}", "*"), "*");
        foreach (
            var (given, name) in (IEnumerable<(string, string)>)
            [
                (ids.Domain, "(domain)"),
                ($"\"{ids.ValueText}\"", "(value)"),
                ($"\"{ids.FieldName}\"", "(name)"),
                ($"\"{ids.FieldName.ToLowerInvariant()}\"", "(slug)"),
                (ids.BondName, "(bond)"),
            ])
        {
            text = text.Replace(given, name, StringComparison.Ordinal);
        }

        return GeneratedPart().Replace(text, "*");
    }

    [GeneratedRegex("\\b[0-9A-HJKMNP-TV-Z]{26}\\b|\\bd[0-9a-f]{32}\\b|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", RegexOptions.NonBacktracking)]
    private static partial Regex GeneratedPart();

    [GeneratedRegex("\"secret\":\"whsec_[A-Za-z0-9+/=]+\"", RegexOptions.NonBacktracking)]
    private static partial Regex WebhookSecret();

    [GeneratedRegex("\"nextCursor\":\"[A-Za-z0-9_-]+\"", RegexOptions.NonBacktracking)]
    private static partial Regex Cursor();

    [GeneratedRegex("\\{[A-Za-z]+\\}", RegexOptions.NonBacktracking)]
    private static partial Regex PathId();

    /// <summary>The records of an organization.</summary>
    private sealed record Ids
    {
        public string Account { get; init; } = "";

        public string Domain { get; init; } = "";

        public string Value { get; init; } = "";

        public string ValueText { get; init; } = "";

        public string Field { get; init; } = "";

        public string FieldName { get; init; } = "";

        public string Owner { get; init; } = "";

        public string Contact { get; init; } = "";

        public string ContactType { get; init; } = "";

        public string ContactField { get; init; } = "";

        public string Bond { get; init; } = "";

        public string BondName { get; init; } = "";

        public string Relationship { get; init; } = "";

        public string ActivityType { get; init; } = "";

        public string Activity { get; init; } = "";

        public string Note { get; init; } = "";

        public string Task { get; init; } = "";

        public string Attachment { get; init; } = "";

        public string Webhook { get; init; } = "";

        public string Delivery { get; init; } = "";

        public string Event { get; init; } = "";

        public string Cursor { get; init; } = "";

        public string Email => $"someone@{Domain}";

        public string[] All =>
        [
            Account, Value, Field, Owner, Contact, ContactType, ContactField, Bond, Relationship, ActivityType, Activity, Note, Task,
            Attachment, Webhook, Delivery, Event,
        ];
    }

    /// <param name="Place">The ID or the rest of the path. <c>own</c> stands for a record of the caller.</param>
    /// <param name="Body">The body.</param>
    private sealed record Request(string Place, object? Body = null);
}
