namespace Thena.Accounts.Moving.Servers;

/// <summary>A record of one server, and the one of another that is its copy.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="OldId">The ID on the first server.</param>
/// <param name="Id">The ID on the other server.</param>
/// <param name="Hash">The SHA-256 of the record as it was when it was last copied, in hexadecimal.</param>
internal sealed record ServerCopy(string Kind, string OldId, string Id, string Hash);
