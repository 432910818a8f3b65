using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Attachments;

/// <summary>An attachment.</summary>
public sealed record AttachmentResponse
{
    /// <summary>The attachment's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The URL of the file.</summary>
    /// <example>https://files.acme.com/contracts/offer.pdf</example>
    public required string Url { get; init; }

    /// <summary>The last segment of the URL's path.</summary>
    /// <example>offer.pdf</example>
    public required string FileName { get; init; }

    /// <summary>The time at which the file was attached.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Makes the responses from the attachments of a record.</summary>
    internal static IReadOnlyList<AttachmentResponse> From(IAttachable record) =>
    [
        .. record.Attachments.Items.Select(attachment => new AttachmentResponse
        {
            Id = WireFormat.Id(attachment.Id),
            Url = attachment.Url,
            FileName = attachment.FileName(),
            CreatedAt = attachment.Id.Time,
        }),
    ];
}
