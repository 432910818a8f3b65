using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Activities;

/// <summary>What tests of activities, notes and tasks ask for again and again: the three have much in common.</summary>
internal static class RecordRequests
{
    /// <summary>The features, as their paths name them.</summary>
    public const string ActivityRecords = "activities", NoteRecords = "notes", TaskRecords = "tasks";

    /// <summary>What a record is called: <c>activity</c>, <c>note</c>, <c>task</c>.</summary>
    public static string NounOf(string feature) => feature == ActivityRecords ? "activity" : feature[..^1];

    /// <summary>The message of the 404.</summary>
    public static string NotFoundOf(string feature) => $"Account {NounOf(feature)} not found";

    /// <summary>The path of a feature's records, or of one.</summary>
    public static string PathOf(string feature, string? id = null) => $"/v1/accounts/{feature}{(id is null ? "" : $"/{id}")}";

    /// <summary>A body of a record that has what it needs, and more.</summary>
    public static JsonObject Record(this Tenant tenant, string feature, string accountId, object? more = null) => Given.Merge(
        feature switch
        {
            ActivityRecords => new { accountId, activityTimestamp = "2023-12-07T10:30:00.000Z", duration = 45, location = "Zoom" },
            NoteRecords => (object)new { accountId, content = "Wants more seats." },
            _ => new { accountId, title = "Call back", assigneeId = tenant.User.Id },
        },
        more);

    /// <summary>One member, its value written as JSON.</summary>
    public static JsonObject Member(string name, string json) => new() { [name] = JsonNode.Parse(json) };

    /// <summary>Posts a record.</summary>
    public static Task<Answer> PostRecord(this Tenant tenant, string feature, string accountId, object? more = null) =>
        tenant.Client.Post(PathOf(feature), tenant.Record(feature, accountId, more));

    /// <summary>Creates a record.</summary>
    public static async Task<Answer> CreateRecord(this Tenant tenant, string feature, string accountId, object? more = null) =>
        (await tenant.PostRecord(feature, accountId, more)).Expect(201);

    /// <summary>Puts changes of a record.</summary>
    public static Task<Answer> PutRecord(this Tenant tenant, string feature, string id, object changes) =>
        tenant.Client.Put(PathOf(feature, id), changes);

    /// <summary>Changes a record.</summary>
    public static async Task<Answer> ChangeRecord(this Tenant tenant, string feature, string id, object changes) =>
        (await tenant.PutRecord(feature, id, changes)).Expect(200);

    /// <summary>Deletes a record.</summary>
    public static Task<Answer> DeleteRecord(this Tenant tenant, string feature, string id) => tenant.Client.Delete(PathOf(feature, id));

    /// <summary>Removes an attachment of a record.</summary>
    public static Task<Answer> RemoveAttachment(this Tenant tenant, string feature, string id, string attachmentId) =>
        tenant.Client.Delete($"{PathOf(feature, id)}/attachments/{attachmentId}");

    /// <summary>Lists records; the query starts behind the question mark.</summary>
    public static async Task<Answer> ListRecords(this Tenant tenant, string feature, string query = "") =>
        (await tenant.Client.Get($"{PathOf(feature)}?{query}")).Expect(200);

    /// <summary>A record as it is now.</summary>
    public static async Task<JsonElement> GetRecord(this Tenant tenant, string feature, string id) =>
        Assert.Single((await tenant.ListRecords(feature, $"{NounOf(feature)}Id={id}")).Json.EnumerateArray());

    /// <summary>The URLs that are attached, in their order.</summary>
    public static string[] Urls(this JsonElement record) =>
        [.. record.GetProperty("attachments").EnumerateArray().Select(attachment => attachment.Text("url"))];

    /// <summary>A member that is a list of texts.</summary>
    public static string[] Items(this JsonElement record, string member) =>
        [.. record.GetProperty(member).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>Another user of the same organization, with a key.</summary>
    public static async Task<Tenant> CreateColleagueAsync(this AccountsServer server, Tenant tenant, string name = "Grace Hopper")
    {
        var user = await server.CreateUserAsync(tenant.OrganizationId, name);
        var key = await server.CreateKeyAsync(user.Id);
        return new Tenant(tenant.OrganizationId, user, key, server.CreateClient(key.Key));
    }

    /// <summary>A new organization with an account.</summary>
    public static async Task<(Tenant Tenant, string AccountId)> CreateTenantWithAccountAsync(this AccountsServer server)
    {
        var tenant = await server.CreateTenantAsync();
        return (tenant, (await tenant.CreateAccountAsync()).Id);
    }

    /// <summary>Changes a record; asserts that this moves <c>updatedAt</c>, and that the same said again does not.</summary>
    public static async Task<Answer> ExpectMoved(this Tenant tenant, string feature, string id, object change)
    {
        var before = (await tenant.GetRecord(feature, id)).Text("updatedAt");
        await Task.Delay(5, TestContext.Current.CancellationToken);
        var changed = await tenant.ChangeRecord(feature, id, change);
        Assert.True(string.CompareOrdinal(changed.TextOf("updatedAt"), before) > 0, changed.Text);
        await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Equal(changed.Text, (await tenant.ChangeRecord(feature, id, change)).Text);
        return changed;
    }
}
