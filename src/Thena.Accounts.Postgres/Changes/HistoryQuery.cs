namespace Thena.Accounts.Postgres.Changes;

/// <summary>The changes of a record that a reader asks for.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="EventName">The name of its kind in the types of events, such as <c>account-note</c>.</param>
/// <param name="ViewerId">The user who reads, and sees no other user's private records.</param>
/// <param name="Skip">The number of changes to skip.</param>
/// <param name="Limit">The largest number of changes.</param>
public sealed record HistoryQuery(Ulid RecordId, string EventName, Ulid ViewerId, long Skip, int Limit)
{
    /// <summary>The ID and the version of a change, if only older ones are read.</summary>
    public (Ulid Id, int Version)? OlderThan { get; init; }

    /// <summary>Whether the record is an account, and the changes of records that belong to it are read too.</summary>
    public bool IncludesRelated { get; init; }

    /// <summary>The member that has to be changed, see <see cref="Change.Changed"/>.</summary>
    public string? Field { get; init; }

    /// <summary>The user whose key was used.</summary>
    public Ulid? ActorId { get; init; }

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The time before which the changes were made.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Returns the query for the changes that are left when some have been read.</summary>
    internal HistoryQuery After(IReadOnlyList<FeedChange> changes) =>
        this with { OlderThan = (changes[^1].Id, changes[^1].Version), Skip = 0, Limit = Limit - changes.Count };
}
