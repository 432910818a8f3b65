namespace Thena.Accounts.Moving.Servers;

/// <summary>A record of another server.</summary>
/// <param name="Id">The ID, or the whole JSON if there is none.</param>
/// <param name="Json">The JSON, in UTF-8.</param>
internal sealed record ServerRecord(string Id, ReadOnlyMemory<byte> Json);
