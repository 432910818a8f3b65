using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Time;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Moving.Copying;

/// <summary>A record elsewhere, as the API shows it, to be copied.</summary>
internal sealed class CopiedRecord
{
    /// <summary>Why something that was read is refused.</summary>
    public const string NotARecord = "The record is not a JSON object with an id";

    private readonly JsonObject? _members;

    private CopiedRecord(JsonObject? members, string oldId, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    {
        (_members, OldId, CreatedAt) = (members, oldId, createdAt);
        UpdatedAt = updatedAt < createdAt ? createdAt : updatedAt;
    }

    /// <summary>The ID elsewhere.</summary>
    public string OldId { get; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The time of the last change.</summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>The request that creates or updates the record here. Set by <see cref="Translate"/>.</summary>
    public byte[] Request { get; private set; } = [];

    /// <summary>The SHA-256 of everything that is copied.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>The user whose record it is, if records of this kind have one.</summary>
    public string? UserId { get; private set; }

    /// <summary>
    /// Returns the record without its members, which are read from the request again. It takes less memory. Call <see cref="Translate"/>
    /// first.
    /// </summary>
    public CopiedRecord WithoutMembers() =>
        new(members: null, OldId, CreatedAt, UpdatedAt) { Request = Request, Hash = Hash, UserId = UserId };

    private JsonObject Members => _members ?? (JsonNodes.TryParseObject(Request, out var members) ? members : []);

    /// <summary>Reads a record.</summary>
    /// <param name="json">The JSON of the record.</param>
    /// <param name="now">The time that records without times get.</param>
    /// <returns>The record, or <see langword="null"/> if it is no object with an ID.</returns>
    public static CopiedRecord? Parse(ReadOnlyMemory<byte> json, DateTimeOffset now) =>
        JsonNodes.TryParseObject(json.Span, out var members)
            && (members["id"].TextOrNull() ?? members["uid"].TextOrNull()) is { Length: > 0 } id
            ? new CopiedRecord(members, id, TimeOf(members, "createdAt") ?? now, TimeOf(members, "updatedAt") ?? now)
            : null;

    /// <summary>Adds the user that the record is, to be looked up.</summary>
    public void AddUser(CopiedReferences references) => references.AddUserToFind(
        OldId,
        new CopiedUser(
            Members["email"].TextOrNull() ?? "", Members["name"].TextOrNull() ?? "", Members["avatarUrl"].TextOrNull() ?? ""));

    /// <summary>Collects the records and users that the record refers to.</summary>
    public void AddReferences(RecordKind kind, CopiedReferences references) =>
        kind.Describe(new CopiedFields(Members, references, isPreview: true));

    /// <summary>Turns the record into a request.</summary>
    /// <returns>The problems that prevent this: a missing record, and a missing user.</returns>
    public (string? MissingRecord, string? MissingUser) Translate(RecordKind kind, CopiedReferences references)
    {
        var fields = new CopiedFields(Members, references, isPreview: false);
        kind.Describe(fields);
        UserId = fields.UserId;
        Request = JsonSerializer.SerializeToUtf8Bytes(Members);
        Hash = SHA256.HashData(Request);
        return (fields.MissingRecord, fields.MissingUser);
    }

    /// <summary>Returns the request that creates the record on another server. Call <see cref="Translate"/> first.</summary>
    /// <remarks>Only documented members, and no members without a value: another server may refuse the one or the other.</remarks>
    public byte[] CreateRequest(RecordKind kind) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject(Members.Where(member => kind.Requests!.CreateMembers.Contains(member.Key) && !IsEmpty(member.Value))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))));

    /// <summary>
    /// Whether the record lacks a value that a new record of another server cannot lack: it gets the default value.
    /// </summary>
    public bool LacksDefaults(RecordKind kind) =>
        kind.MembersWithDefault.Any(member => IsEmpty(Members[member]));

    /// <summary>Returns the request that updates the record on another server. Call <see cref="Translate"/> first.</summary>
    public byte[] UpdateRequest(RecordKind kind) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject(Members.Where(member => kind.Requests!.UpdateMembers.Contains(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))));

    /// <summary>
    /// Returns what a record of a server is known by there, beside its ID; <see langword="null"/> for records without such a key.
    /// Call <see cref="Translate"/> first if the record is from elsewhere.
    /// </summary>
    public string? KeyOf(RecordKind kind)
    {
        if (kind.Key is not { } key)
        {
            return null;
        }

        List<string> values = [];
        foreach (var member in key.Members)
        {
            var value = Members[member];
            if ((value is JsonObject record ? record["id"] : value).TextOrNull() is not { Length: > 0 } text)
            {
                return null;
            }

            values.Add(StringNormalization.Key(text));
        }

        return string.Join('\n', values);
    }

    /// <summary>Returns the email address and the ID of the user who owns an account, or <see langword="null"/>.</summary>
    public (string Email, string Id)? Owner() =>
        Members["accountOwnerEmail"].TextOrNull() is { Length: > 0 } email && Members["accountOwnerId"].TextOrNull() is { Length: > 0 } id
            ? (email, id)
            : null;

    /// <summary>Sets what no request can set: the attachments with their times.</summary>
    public void Complete(TenantEntity record, CopiedIds ids)
    {
        if (record is not IAttachable attachable || Members["attachments"] is not JsonArray attachments)
        {
            return;
        }

        List<Attachment> copied = [];
        foreach (var attachment in attachments.OfType<JsonObject>())
        {
            if (attachment["url"].TextOrNull() is { } url && WebAddress.IsValid(url))
            {
                var known = attachable.Attachments.Items.FirstOrDefault(other => other.Url == url);
                var createdAt = TimeOf(attachment, "createdAt") ?? CreatedAt;
                copied.Add(known ?? new Attachment(ids.Next(attachment["id"].TextOrNull(), createdAt), url));
            }
        }

        if (!copied.SequenceEqual(attachable.Attachments.Items))
        {
            attachable.Attachments = new AttachmentList(copied);
        }
    }

    private static bool IsEmpty(JsonNode? value) => value is null or JsonArray { Count: 0 } || value.TextOrNull() is "";

    private static DateTimeOffset? TimeOf(JsonObject members, string member) =>
        Instant.TryParse(members[member].TextOrNull(), out var time) ? time : null;
}
