using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Attachments;

/// <summary>A file of somewhere else that belongs to a record (contract: Attachments). The server never fetches it.</summary>
/// <param name="Id">The attachment's id; its time is when it was attached.</param>
/// <param name="Url">Where the file is, as it was written.</param>
public sealed record Attachment(Ulid Id, string Url)
{
    internal static readonly Error NotFound = Error.NotFound("Attachment not found!");

    /// <summary>The last segment of the URL's path, as it was written; empty when the path ends with <c>/</c> or there is none.</summary>
    internal string FileName()
    {
        var path = Url.AsSpan();
        path = path[(path.IndexOf("://", StringComparison.Ordinal) + 3)..];
        path = path[..(path.IndexOfAny('?', '#') is var end and >= 0 ? end : path.Length)];
        return path.LastIndexOf('/') is var slash and >= 0 ? path[(slash + 1)..].ToString() : "";
    }
}

/// <summary>The attachments of a record, in order of attaching; each URL once. Never changes: a change makes another list.</summary>
public sealed class AttachmentList
{
    /// <summary>Most attachments of a record.</summary>
    public const int MaxCount = 50;

    internal AttachmentList(IReadOnlyList<Attachment> items) => Items = items;

    /// <summary>No attachments.</summary>
    public static AttachmentList Empty { get; } = new([]);

    /// <summary>The attachments.</summary>
    public IReadOnlyList<Attachment> Items { get; }

    /// <summary>The list with those URLs attached that are not there yet; the same list when none is new.</summary>
    internal AttachmentList With(IEnumerable<string> urls, IdGenerator ids)
    {
        var known = Items.Select(attachment => attachment.Url).ToHashSet(StringComparer.Ordinal);
        Attachment[] added = [.. urls.Select(url => url.Trim()).Where(known.Add).Select(url => new Attachment(ids.Next(), url))];
        return added.Length == 0 ? this : new AttachmentList([.. Items, .. added]);
    }

    /// <summary>The list without an attachment; <see langword="null"/> when it does not have it.</summary>
    internal AttachmentList? Without(Ulid id) =>
        Items.Any(attachment => attachment.Id == id) ? new AttachmentList([.. Items.Where(attachment => attachment.Id != id)]) : null;
}

/// <summary>Keeps the attachments of a record in one column of its row (ADR 8).</summary>
internal sealed class AttachmentListConverter() : ValueConverter<AttachmentList, string>(list => Write(list), json => Read(json))
{
    private static string Write(AttachmentList list) =>
        JsonSerializer.Serialize(list.Items, AttachmentJsonContext.Default.IReadOnlyListAttachment);

    internal static AttachmentList Read(string json) =>
        new(JsonSerializer.Deserialize(json, AttachmentJsonContext.Default.IReadOnlyListAttachment)!);
}

/// <summary>The form of the column.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Attachment>))]
internal sealed partial class AttachmentJsonContext : JsonSerializerContext;

/// <summary>A record that files can be attached to.</summary>
internal interface IAttachable
{
    /// <summary>Its attachments.</summary>
    AttachmentList Attachments { get; set; }
}
