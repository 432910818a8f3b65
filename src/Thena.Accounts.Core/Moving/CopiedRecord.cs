using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Moving;

/// <summary>A record elsewhere, as the API shows it, to be copied.</summary>
internal sealed class CopiedRecord
{
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
    public Ulid? UserId { get; private set; }

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
