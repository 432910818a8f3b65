namespace Thena.Accounts.Postgres.Changes;

/// <summary>Changes of a record, as many as do not take too much memory.</summary>
/// <param name="Changes">The changes, newest first.</param>
/// <param name="Rest">The query for the others; null if there are none.</param>
public sealed record HistoryPortion(IReadOnlyList<FeedChange> Changes, HistoryQuery? Rest);
