namespace Thena.Accounts.Postgres.Changes;

/// <summary>A change as it was read, see <see cref="Change"/>.</summary>
/// <param name="Sequence">The number in the feed; 0 if it was read as a part of a history.</param>
/// <param name="Id">The ID. Its time is the <c>updatedAt</c> that the record got.</param>
/// <param name="Type">The name of the event.</param>
/// <param name="RecordId">The ID of the record.</param>
/// <param name="Version">The number of the change among those of the record.</param>
/// <param name="Changed">The members that were changed, a JSON array.</param>
/// <param name="Before">The changed members or the deleted record as they were, JSON.</param>
/// <param name="After">The record, JSON.</param>
/// <param name="VisibleTo">The user who may see <paramref name="After"/>; null if all may.</param>
/// <param name="BeforeVisibleTo">The user who may see <paramref name="Before"/>; null if all may.</param>
/// <param name="ActorId">The user whose key was used.</param>
/// <param name="ApiKeyId">The key that was used.</param>
/// <param name="RequestId">The ID of the request.</param>
/// <param name="Source">What the change came from.</param>
public sealed record FeedChange(
    long Sequence,
    Ulid Id,
    string Type,
    Ulid RecordId,
    int Version,
    ReadOnlyMemory<byte> Changed,
    ReadOnlyMemory<byte>? Before,
    ReadOnlyMemory<byte>? After,
    Ulid? VisibleTo,
    Ulid? BeforeVisibleTo,
    Ulid? ActorId,
    Ulid? ApiKeyId,
    string? RequestId,
    string Source);
