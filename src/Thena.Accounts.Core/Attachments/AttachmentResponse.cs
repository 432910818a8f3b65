namespace Thena.Accounts.Core.Attachments;

/// <summary>An attachment.</summary>
public sealed record AttachmentResponse
{
    /// <summary>The attachment's id.</summary>
    public required string Id { get; init; }

    /// <summary>Where the file is.</summary>
    /// <example>https://files.acme.com/contracts/offer.pdf</example>
    public required string Url { get; init; }

    /// <summary>The last segment of the URL's path.</summary>
    /// <example>offer.pdf</example>
    public required string FileName { get; init; }

    /// <summary>When it was attached.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
