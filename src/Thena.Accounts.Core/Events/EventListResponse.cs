namespace Thena.Accounts.Core.Events;

/// <summary>A part of the feed.</summary>
/// <param name="Events">The events, oldest first.</param>
/// <param name="NextCursor">The cursor for the next request. It is always there, even if there are no events: store it.</param>
/// <param name="HasMore" example="false">Whether there is more to read now. If so, ask again at once.</param>
public sealed record EventListResponse(IReadOnlyList<EventResponse> Events, string NextCursor, bool HasMore);
