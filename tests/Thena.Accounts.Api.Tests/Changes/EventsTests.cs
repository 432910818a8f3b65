using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>The feed of events: cursors, filters, what each reader sees.</summary>
public sealed class EventsTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string Events = "/v1/accounts/events";

    [Fact]
    public async Task Read_AfterAnUpdate_AnswersTheEnvelopeWithBothRecords()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync(new { name = "One", employees = 5 });
        var cursor = await LatestAsync(tenant);

        var updated = (await tenant.PutAccountAsync(account.Id, new { status = "CHURNED", metadata = new { plan = "gold" } })).Expect(200);

        var one = Assert.Single(await ReadAsync(tenant, $"after={cursor}"));
        Assert.Equal("account:updated", one.Text("eventType"));
        Assert.Equal(updated.TextOf("updatedAt"), one.Text("timestamp"));
        Assert.Equal(tenant.OrganizationId, one.Text("orgId"));
        Assert.Equal(
            $$"""{"id":"{{tenant.User.Id}}","type":"AGENT","email":"{{tenant.User.Email}}"}""", one.GetProperty("actor").GetRawText());
        Assert.Equal(
            $$"""
            {"version":2,"changed":["status","metadata.plan"],"requestId":"{{updated.Headers["X-Request-Id"]}}",
            "apiKeyId":"{{tenant.Key.Id}}","source":"api"}
            """.ReplaceLineEndings(""),
            one.GetProperty("metadata").GetRawText());
        var payload = one.GetProperty("payload");
        var platform = $$$""","domain":"{{{account.TextOf("primaryDomain")}}}","size":5,"customFields":{}}""";
        Assert.Equal(
            updated.Text[..^1] + platform,
            payload.GetProperty("account").GetRawText());
        Assert.Equal(
            account.Text[..^1] + platform,
            payload.GetProperty("previousAccount").GetRawText());
    }

    [Fact]
    public async Task Read_WithoutACursor_StartsAtTheOldestEventAndGoesOnFromEachCursor()
    {
        var tenant = await server.CreateTenantAsync();
        var ids = await tenant.CreateAccountsAsync(5);

        List<string> read = [];
        var (cursor, hasMore) = ("", true);
        while (hasMore)
        {
            var page = (await tenant.Client.Get($"{Events}?limit=2{cursor}")).Expect(200);
            read.AddRange(page["events"].EnumerateArray().Select(one => one.GetProperty("payload").GetProperty("account").Text("id")));
            (cursor, hasMore) = ($"&after={page.TextOf("nextCursor")}", page["hasMore"].GetBoolean());
        }

        Assert.Equal(ids, read);
    }

    [Fact]
    public async Task Update_ThatChangesNothing_MakesNoEvent()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync(new { name = "One" });
        var cursor = await LatestAsync(tenant);

        (await tenant.PutAccountAsync(account.Id, new { name = "One" })).Expect(200);

        Assert.Empty(await ReadAsync(tenant, $"after={cursor}"));
    }

    [Theory]
    [InlineData("types=account:created", "account:created")]
    [InlineData("types=account:*", "account:created,account:updated,account:deleted")]
    [InlineData("types=customer-contact:*,account:deleted", "customer-contact:created,account:deleted")]
    [InlineData(
        "types=*", "account:created,customer-contact:created,account:updated,account-note:created,account-note:deleted,account:deleted")]
    [InlineData("types=account-status:changed", "account-status:changed")]
    [InlineData("types=account-status:*,account:updated", "account:updated,account-status:changed")]
    [InlineData("changed=name", "account:created,customer-contact:created,account-note:created,account-note:deleted,account:deleted")]
    [InlineData("changed=metadata&types=account:updated", "account:updated")]
    [InlineData("changed=metadata.plan,name&types=account:updated", "account:updated")]
    [InlineData("changed=metadata.other&types=account:updated", "")]
    [InlineData("excludeOwn=true", "")]
    public async Task Read_WithFilters_AnswersWhatMatches(string query, string expected)
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        await tenant.CreateContactAsync();
        (await tenant.PutAccountAsync(account, new { status = "CHURNED", metadata = new { plan = 1 } })).Expect(200);
        await tenant.CreateRecordAsync(Feature.Notes, account);
        (await tenant.DeleteAccountAsync(account)).Expect(200);

        var events = await ReadAsync(tenant, query);

        Assert.Equal(expected, string.Join(',', events.Select(one => one.Text("eventType"))));
    }

    [Fact]
    public async Task Read_OfAnAccount_AnswersItsEventsAndThoseOfWhatBelongsToIt()
    {
        var tenant = await server.CreateTenantAsync();
        var (account, other) = ((await tenant.CreateAccountAsync()).Id, (await tenant.CreateAccountAsync()).Id);
        await tenant.CreateRecordAsync(Feature.Notes, account);
        await tenant.CreateRecordAsync(Feature.Notes, other);
        await tenant.CreateContactAsync(new { accountIds = new[] { other, account } });
        (await tenant.PostRelationshipAsync(other, account, await tenant.FindRelationshipTypeIdAsync("Parent"))).Expect(201);

        var events = await ReadAsync(tenant, $"accountId={account}");

        Assert.Equal(
            ["account:created", "account-note:created", "customer-contact:created", "account-relationship:created"],
            events.Select(one => one.Text("eventType")));
    }

    [Fact]
    public async Task CustomFieldEvents_ForThoseWhoNameThem_HaveTheChangedFields()
    {
        var tenant = await server.CreateTenantAsync();
        var (first, second) = (await TextFieldAsync(tenant), await TextFieldAsync(tenant));
        var account = await tenant.CreateAccountAsync(
            new { customFieldValues = new[] { new { customFieldId = first, data = "a" } } });
        var cursor = await LatestAsync(tenant);

        foreach (var data in (string[])["b", "c"])
        {
            var customFieldValues = new[] { new { customFieldId = second, data } };
            (await tenant.PutAccountAsync(account.Id, new { customFieldValues })).Expect(200);
        }

        var events = await ReadAsync(tenant, $"after={cursor}&types=account-custom_field_value:*");
        Assert.Equal(
            ["account-custom_field_value:added", "account-custom_field_value:removed", "account-custom_field_value:changed"],
            events.Select(one => one.Text("eventType")));
        Assert.Equal(
            [$$"""{"{{second}}":["b"]}""", $$"""{"{{first}}":["a"]}""", $$"""{"{{second}}":["c"]}"""],
            events.Select(one => one.GetProperty("payload").GetProperty("changedCustomFields").GetRawText()));
        foreach (var one in events)
        {
            Assert.Equal(one.GetRawText(), (await tenant.Client.Get($"{Events}/{one.Text("eventId")}")).Expect(200).Text);
        }
    }

    [Theory]
    [InlineData("after=nonsense", "Invalid cursor!")]
    [InlineData("after=MDFNOE43UUVUUzlENFhTUjNHQ1NRTkVWVkggMQ", "Invalid cursor!")]
    [InlineData("types=account:renamed", "types must be names of events, such as account:updated, or prefixes, such as account:*")]
    [InlineData("types=nothing:*", "types must be names of events, such as account:updated, or prefixes, such as account:*")]
    [InlineData("limit=0", "limit must be between 1 and 1000")]
    [InlineData("limit=1001", "limit must be between 1 and 1000")]
    [InlineData("wait=31", "wait must be between 0 and 30 seconds")]
    public async Task Read_WithABadQuery_Answers400(string query, string message)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Get($"{Events}?{query}")).ExpectError(400, message);
    }

    [Fact]
    public async Task Read_WithACursorAheadOfTheFeed_Answers400()
    {
        var (tenant, restored) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());
        await tenant.CreateAccountAsync();
        var sequence = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{restored.OrganizationId} 5")).TrimEnd('=');

        (await restored.Client.Get($"{Events}?after={sequence}")).ExpectError(400, "Invalid cursor!");
    }

    [Fact]
    public async Task AnotherOrganization_WithCursorsAndIds_SeesNothing()
    {
        var (tenant, stranger) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());
        await tenant.CreateAccountAsync();
        var page = (await tenant.Client.Get(Events)).Expect(200);

        (await stranger.Client.Get($"{Events}?after={page.TextOf("nextCursor")}")).ExpectError(400, "Invalid cursor!");
        (await stranger.Client.Get($"{Events}/{page["events"][0].Text("eventId")}")).ExpectError(404, "Event not found!");
        Assert.Empty(await ReadAsync(stranger, ""));
    }

    [Fact]
    public async Task PrivateNote_InAllItsStates_IsSeenByItsAuthorAloneWhileItIsPrivate()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var cursor = await LatestAsync(tenant);
        var note = (await tenant.CreateRecordAsync(Feature.Notes, account, new { content = "one", visibility = "private" })).Id;
        await tenant.UpdateRecordAsync(Feature.Notes, note, new { content = "two" });
        await tenant.UpdateRecordAsync(Feature.Notes, note, new { content = "three", visibility = "public" });
        await tenant.UpdateRecordAsync(Feature.Notes, note, new { content = "four", visibility = "private" });
        (await tenant.DeleteRecordAsync(Feature.Notes, note)).Expect(200);

        var own = await ReadAsync(tenant, $"after={cursor}");
        var others = await ReadAsync(colleague, $"after={cursor}");

        Assert.Equal(
            ["account-note:created", "account-note:updated", "account-note:updated", "account-note:updated", "account-note:deleted"],
            own.Select(one => one.Text("eventType")));
        Assert.Equal(["account-note:updated", "account-note:deleted"], others.Select(one => one.Text("eventType")));
        var (published, hidden) = (others[0].GetProperty("payload"), others[1].GetProperty("payload"));
        Assert.Equal("three", published.GetProperty("note").Text("content"));
        Assert.Equal(JsonValueKind.Null, published.GetProperty("previousNote").ValueKind);
        Assert.Equal(JsonValueKind.Null, hidden.GetProperty("note").ValueKind);
        Assert.Equal("three", hidden.GetProperty("previousNote").Text("content"));
        Assert.Equal(hidden.GetRawText(), Assert.Single(await ReadAsync(colleague, $"after={cursor}&types=account-note:deleted"))
            .GetProperty("payload").GetRawText());
        (await colleague.Client.Get($"{Events}/{own[0].Text("eventId")}")).ExpectError(404, "Event not found!");
    }

    [Fact]
    public async Task SourceOfEvents_OfSets_SaysWhatTheyCameFrom()
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.PostAccountsAsync([Given.Account()])).Expect(201);
        (await tenant.PostContactsAsync([new { email = Given.NewEmail() }])).Expect(201);
        (await tenant.PostIngestAsync([new { firstName = "Ada", email = Given.NewEmail() }])).Expect(200);
        var file = "name,primary domain\nOne,one.example\n";
        (await tenant.Client.Send(HttpMethod.Post, "/v1/accounts/import", file, "text/csv")).Expect(200);

        var events = await ReadAsync(tenant, "");

        Assert.Equal(
            ["account bulk", "customer-contact bulk", "account ingest", "customer-contact ingest", "account import"],
            events.Select(one => $"{one.Text("eventType").Split(':')[0]} {one.GetProperty("metadata").Text("source")}"));
        Assert.All(events, one => Assert.Equal(tenant.User.Id, one.GetProperty("actor").Text("id")));
    }

    [Fact]
    public async Task Types_Always_ListsEachNameWithASentence()
    {
        var tenant = await server.CreateTenantAsync();

        var types = (await tenant.Client.Get($"{Events}/types")).Expect(200);

        Assert.Contains("account-attribute-value:deleted", types.Each("name"));
        Assert.Contains("account-custom_field_value:changed", types.Each("name"));
        Assert.Equal(types.Each("name").Length, types.Each("name").Distinct().Count());
        Assert.All(types.Each("description"), sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
    }

    private static async Task<string> TextFieldAsync(Tenant tenant) =>
        (await tenant.CreateCustomFieldAsync(new { fieldType = "single_line", source = "account" })).Text("uid");

    private static async Task<string> LatestAsync(Tenant tenant) =>
        (await tenant.Client.Get($"{Events}?after=latest&limit=1")).Expect(200).TextOf("nextCursor");

    private static async Task<List<JsonElement>> ReadAsync(Tenant tenant, string query) =>
        [.. (await tenant.Client.Get($"{Events}?{query}")).Expect(200)["events"].EnumerateArray()];
}
