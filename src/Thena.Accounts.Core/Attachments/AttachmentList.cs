using Thena.Accounts.Core.Common;

namespace Thena.Accounts.Core.Attachments;

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

    /// <summary>The attachments as answers show them.</summary>
    internal IReadOnlyList<AttachmentResponse> ToResponse() =>
    [
        .. Items.Select(attachment => new AttachmentResponse
        {
            Id = Wire.Id(attachment.Id),
            Url = attachment.Url,
            FileName = attachment.FileName(),
            CreatedAt = attachment.Id.Time,
        }),
    ];
}
