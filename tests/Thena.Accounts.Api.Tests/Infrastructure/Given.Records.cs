using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <content>The records of a <see cref="Feature"/>: activities, notes and tasks.</content>
public static partial class Given
{
    /// <summary>Returns the body of a record with the required members and the given ones. Tasks are assigned to the user.</summary>
    public static JsonObject Record(Tenant tenant, string feature, string accountId, object? members = null) => Merge(
        feature switch
        {
            Feature.Activities => new { accountId, activityTimestamp = "2023-12-07T10:30:00.000Z", duration = 45, location = "Zoom" },
            Feature.Notes => (object)new { accountId, content = "Wants more seats." },
            _ => new { accountId, title = "Call back", assigneeId = tenant.User.Id },
        },
        members);

    /// <summary>Posts a record.</summary>
    public static Task<Answer> PostRecordAsync(this Tenant tenant, string feature, string accountId, object? members = null) =>
        tenant.Client.Post(Feature.PathOf(feature), Record(tenant, feature, accountId, members));

    /// <summary>Creates a record.</summary>
    public static async Task<Answer> CreateRecordAsync(this Tenant tenant, string feature, string accountId, object? members = null) =>
        (await tenant.PostRecordAsync(feature, accountId, members)).Expect(201);

    /// <summary>Gets a record.</summary>
    public static async Task<JsonElement> GetRecordAsync(this Tenant tenant, string feature, string id) =>
        Assert.Single((await tenant.ListRecordsAsync(feature, $"{Feature.NounOf(feature)}Id={id}")).Json.EnumerateArray());

    /// <summary>Lists records.</summary>
    public static async Task<Answer> ListRecordsAsync(this Tenant tenant, string feature, string query = "") =>
        (await tenant.Client.Get($"{Feature.PathOf(feature)}?{query}")).Expect(200);

    /// <summary>Puts changes of a record.</summary>
    public static Task<Answer> PutRecordAsync(this Tenant tenant, string feature, string id, object changes) =>
        tenant.Client.Put(Feature.PathOf(feature, id), changes);

    /// <summary>Updates a record.</summary>
    public static async Task<Answer> UpdateRecordAsync(this Tenant tenant, string feature, string id, object changes) =>
        (await tenant.PutRecordAsync(feature, id, changes)).Expect(200);

    /// <summary>Deletes a record.</summary>
    public static Task<Answer> DeleteRecordAsync(this Tenant tenant, string feature, string id) =>
        tenant.Client.Delete(Feature.PathOf(feature, id));

    /// <summary>Deletes an attachment of a record.</summary>
    public static Task<Answer> DeleteAttachmentAsync(this Tenant tenant, string feature, string id, string attachmentId) =>
        tenant.Client.Delete($"{Feature.PathOf(feature, id)}/attachments/{attachmentId}");

    /// <summary>Returns the URLs of a record's attachments, in their order.</summary>
    public static string[] Urls(this JsonElement record) =>
        [.. record.GetProperty("attachments").EnumerateArray().Select(attachment => attachment.Text("url"))];

    /// <summary>Updates a record, and asserts that <c>updatedAt</c> changes, but not when the same update is repeated.</summary>
    public static async Task<Answer> UpdateAndExpectChangeAsync(this Tenant tenant, string feature, string id, object changes)
    {
        var before = (await tenant.GetRecordAsync(feature, id)).Text("updatedAt");
        await Task.Delay(5, TestContext.Current.CancellationToken);
        var updated = await tenant.UpdateRecordAsync(feature, id, changes);
        Assert.True(string.CompareOrdinal(updated.TextOf("updatedAt"), before) > 0, updated.Text);
        await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Equal(updated.Text, (await tenant.UpdateRecordAsync(feature, id, changes)).Text);
        return updated;
    }
}
