namespace Thena.Accounts.Postgres.Changes;

/// <summary>The changes of a feed that a reader asks for.</summary>
/// <param name="After">The number after which it starts; null for the oldest change that is kept.</param>
/// <param name="Limit">The largest number of changes.</param>
public sealed record FeedQuery(long? After, int Limit)
{
    /// <summary>Whether the feed starts after the last change, so that there is none yet.</summary>
    public bool StartsAtEnd { get; init; }

    /// <summary>The types of changes; null for all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>The account to which the changed records belong, or which is the changed record.</summary>
    public Ulid? AccountId { get; init; }

    /// <summary>The members of which an update has to change one, see <see cref="Change.Changed"/>. Empty for all updates.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>The key whose changes are left out.</summary>
    public Ulid? ExcludedKey { get; init; }

    /// <summary>The user who reads, and sees no other user's private records; null for a reader who sees all.</summary>
    public Ulid? ViewerId { get; init; }
}
