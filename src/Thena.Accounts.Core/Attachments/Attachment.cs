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
