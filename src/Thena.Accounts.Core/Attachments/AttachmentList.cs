using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Attachments;

/// <summary>An immutable list of a record's attachments, in the order in which they were attached. Each URL appears once.</summary>
public sealed class AttachmentList
{
    /// <summary>The largest number of attachments of a record.</summary>
    public const int MaxCount = 50;

    internal AttachmentList(IReadOnlyList<Attachment> items) => Items = items;

    /// <summary>The empty list.</summary>
    public static AttachmentList Empty { get; } = new([]);

    /// <summary>The attachments.</summary>
    public IReadOnlyList<Attachment> Items { get; }

    /// <summary>Returns the list with the new ones of the given URLs added. Returns the same list if none is new.</summary>
    internal AttachmentList With(IEnumerable<string> urls, IdGenerator ids)
    {
        var known = Items.Select(attachment => attachment.Url).ToHashSet(StringComparer.Ordinal);
        Attachment[] added = [.. urls.Select(url => url.Trim()).Where(known.Add).Select(url => new Attachment(ids.Next(), url))];
        return added.Length == 0 ? this : new AttachmentList([.. Items, .. added]);
    }

    /// <summary>Returns the list without an attachment, or <see langword="null"/> if the list does not contain it.</summary>
    internal AttachmentList? Without(Ulid id) =>
        Items.Any(attachment => attachment.Id == id) ? new AttachmentList([.. Items.Where(attachment => attachment.Id != id)]) : null;
}

/// <summary>Stores the attachments of a record in one column of its row (ADR 8).</summary>
internal sealed class AttachmentListConverter() : ValueConverter<AttachmentList, string>(list => Write(list), json => Read(json))
{
    private static string Write(AttachmentList list) =>
        JsonSerializer.Serialize(list.Items, AttachmentJsonContext.Default.IReadOnlyListAttachment);

    internal static AttachmentList Read(string json) =>
        new(JsonSerializer.Deserialize(json, AttachmentJsonContext.Default.IReadOnlyListAttachment)!);
}

/// <summary>The JSON format of the column.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Attachment>))]
internal sealed partial class AttachmentJsonContext : JsonSerializerContext;
