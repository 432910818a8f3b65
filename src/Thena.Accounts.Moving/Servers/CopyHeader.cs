namespace Thena.Accounts.Moving.Servers;

/// <summary>The first line of the file: between which servers it copies.</summary>
/// <param name="From">The server that records are read from.</param>
/// <param name="To">The server that they are written to.</param>
internal sealed record CopyHeader(string From, string To);
