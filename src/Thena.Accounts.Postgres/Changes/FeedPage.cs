namespace Thena.Accounts.Postgres.Changes;

/// <summary>A part of a feed.</summary>
/// <param name="Changes">The changes that match, in the order of their numbers.</param>
/// <param name="Next">The number up to which the feed has been read.</param>
/// <param name="HasMore">Whether the feed goes on after <paramref name="Next"/>.</param>
/// <param name="Removed">The last number that is no longer kept; 0 if all are.</param>
public sealed record FeedPage(IReadOnlyList<FeedChange> Changes, long Next, bool HasMore, long Removed);
