namespace Thena.Accounts.Moving.Copying;

/// <summary>A record to write.</summary>
/// <param name="Record">The record.</param>
/// <param name="Id">The ID there; empty if the target chooses it.</param>
/// <param name="IsNew">Whether the record is to be created.</param>
internal sealed record PreparedRecord(CopiedRecord Record, string Id, bool IsNew);
