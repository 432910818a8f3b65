using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Time;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Moving;

/// <summary>A record elsewhere, as the API shows it, to be copied.</summary>
internal sealed class CopiedRecord
{
    /// <summary>Why something that was read is refused.</summary>
    public const string NotARecord = "The record is not a JSON object with an id";

    /// <summary>The members of accounts that have a value of a pick list.</summary>
    private static readonly string[] PickLists = ["status", "classification", "health", "industry"];

    private readonly JsonObject _members;

    private CopiedRecord(JsonObject members, string oldId, DateTimeOffset createdAt, DateTimeOffset updatedAt)
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
    /// Returns the record without its members, for which the request stands. It takes less memory. Call <see cref="Translate"/> first.
    /// </summary>
    /// <remarks>Not for records with attachments.</remarks>
    public CopiedRecord WithoutMembers() =>
        new([], OldId, CreatedAt, UpdatedAt) { Request = Request, Hash = Hash, UserId = UserId };

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
    public void AddUser(CopiedReferences references) => references.WantUser(
        OldId,
        new CopiedUser(
            _members["email"].TextOrNull() ?? "", _members["name"].TextOrNull() ?? "", _members["avatarUrl"].TextOrNull() ?? ""));

    /// <summary>Collects the records and users that the record refers to.</summary>
    public void AddReferences(CopiedKind kind, CopiedReferences references) =>
        kind.Translate(new CopiedFields(_members, references, isPreview: true));

    /// <summary>Turns the record into a request.</summary>
    /// <returns>The problems that prevent this: a missing record, and a missing user.</returns>
    public (string? MissingRecord, string? MissingUser) Translate(CopiedKind kind, CopiedReferences references)
    {
        var fields = new CopiedFields(_members, references, isPreview: false);
        kind.Translate(fields);
        UserId = fields.UserId;
        Request = JsonSerializer.SerializeToUtf8Bytes(_members);
        Hash = SHA256.HashData(Request);
        return (fields.MissingRecord, fields.MissingUser);
    }

    /// <summary>Returns the request that creates the record on another server. Call <see cref="Translate"/> first.</summary>
    /// <remarks>Only documented members, and no members without a value: another server may refuse the one or the other.</remarks>
    public byte[] CreateRequest(CopiedKind kind) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject(_members.Where(member => kind.CreateMembers.Contains(member.Key) && !IsEmpty(member.Value))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))));

    /// <summary>
    /// Whether the record is an account without a value of a pick list, which a new account cannot be: it gets the default value.
    /// </summary>
    public bool LacksDefaults(CopiedKind kind) =>
        kind.Name == RecordKinds.Accounts && PickLists.Any(member => IsEmpty(_members[member]));

    /// <summary>Returns the request that updates the record on another server. Call <see cref="Translate"/> first.</summary>
    public byte[] UpdateRequest(CopiedKind kind) => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject(_members.Where(member => kind.UpdateMembers.Contains(member.Key))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))));

    /// <summary>
    /// Returns what a record of a server is known by there, beside its ID; <see langword="null"/> for records without such a key.
    /// Call <see cref="Translate"/> first if the record is from elsewhere.
    /// </summary>
    public string? KeyOf(string kind) => kind switch
    {
        RecordKinds.AttributeValues => Key("attribute", "value"),
        RecordKinds.RelationshipTypes => Key("name"),
        RecordKinds.CustomFields => Key("source", "name"),
        RecordKinds.Accounts => Key("primaryDomain"),
        RecordKinds.Contacts => Key("email"),
        RecordKinds.Relationships => Key("accountId", "relatedAccountId", "relationshipType"),
        _ => null,
    };

    /// <summary>Returns the email address and the ID of the user who owns an account, or <see langword="null"/>.</summary>
    public (string Email, string Id)? Owner() =>
        _members["accountOwnerEmail"].TextOrNull() is { Length: > 0 } email && _members["accountOwnerId"].TextOrNull() is { Length: > 0 } id
            ? (email, id)
            : null;

    /// <summary>Sets what no request can set: the attachments with their times.</summary>
    public void Complete(TenantEntity record, CopiedIds ids)
    {
        if (record is not IAttachable attachable || _members["attachments"] is not JsonArray attachments)
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

    private string? Key(params ReadOnlySpan<string> members)
    {
        List<string> values = [];
        foreach (var member in members)
        {
            var value = _members[member];
            if ((value is JsonObject record ? record["id"] : value).TextOrNull() is not { Length: > 0 } text)
            {
                return null;
            }

            values.Add(StringNormalization.Key(text));
        }

        return string.Join('\n', values);
    }

    private static bool IsEmpty(JsonNode? value) => value is null or JsonArray { Count: 0 } || value.TextOrNull() is "";

    private static DateTimeOffset? TimeOf(JsonObject members, string member) =>
        Instant.TryParse(members[member].TextOrNull(), out var time) ? time : null;
}

/// <summary>Chooses the IDs of copied records. Can be used by several threads.</summary>
/// <param name="isNewestFirst">Whether the records come newest first.</param>
internal sealed class CopiedIds(bool isNewestFirst)
{
    private readonly byte[] _random = RandomNumberGenerator.GetBytes(10);
    private long _number = RandomNumberGenerator.GetInt32(int.MaxValue / 2, int.MaxValue) * (long)int.MaxValue;

    /// <summary>Parses an ID of a server like this one. It contains the time of creation, which is not in the future.</summary>
    public static bool TryParse(string oldId, DateTimeOffset now, out Ulid id) =>
        WireFormat.TryParseId(oldId, out id) && id.CompareTo(Ulid.NewUlid(now.AddMilliseconds(1), new byte[10])) < 0;

    /// <summary>
    /// Returns the ID elsewhere, if it is an ID of a server like this one. Otherwise returns a new ID with the same time, in the order in
    /// which the records come.
    /// </summary>
    public Ulid Next(string? oldId, DateTimeOffset createdAt) =>
        WireFormat.TryParseId(oldId, out var kept) && kept == Ulid.NewUlid(createdAt, kept.Random) ? kept : Next(createdAt);

    /// <summary>Returns a new ID with the time.</summary>
    public Ulid Next(DateTimeOffset createdAt)
    {
        lock (_random)
        {
            _number += isNewestFirst ? -1 : 1;
            BinaryPrimitives.WriteInt64BigEndian(_random, _number);
            return Ulid.NewUlid(createdAt, _random);
        }
    }
}
