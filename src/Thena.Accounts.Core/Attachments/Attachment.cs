using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Attachments;

/// <summary>A file at an external URL that is attached to a record (contract: Attachments). The server never fetches it.</summary>
/// <param name="Id">The ID of the attachment. Its timestamp is the time at which the file was attached.</param>
/// <param name="Url">The URL of the file, as the client wrote it.</param>
public sealed record Attachment(Ulid Id, string Url)
{
    internal static readonly Error NotFound = Error.NotFound("Attachment not found!");

    /// <summary>Returns the last segment of the URL's path as written; empty if the URL has no path or it ends with <c>/</c>.</summary>
    internal string FileName()
    {
        var path = Url.AsSpan();
        path = path[(path.IndexOf("://", StringComparison.Ordinal) + 3)..];
        path = path[..(path.IndexOfAny('?', '#') is var end and >= 0 ? end : path.Length)];
        return path.LastIndexOf('/') is var slash and >= 0 ? path[(slash + 1)..].ToString() : "";
    }
}
