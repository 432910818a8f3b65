namespace Thena.Accounts.Moving.Reports;

/// <summary>A record that was refused.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">Its ID where it came from; empty if it has none.</param>
/// <param name="Reason">Why it was refused, as one sentence.</param>
public sealed record RefusedRecord(string Kind, string Id, string Reason);
