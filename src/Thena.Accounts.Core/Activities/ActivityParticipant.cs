using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Activities;

/// <summary>That a user takes part in an activity. Part of the activity: keyed by it.</summary>
public sealed class ActivityParticipant : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The activity.</summary>
    public Ulid ActivityId { get; init; }

    /// <summary>The user.</summary>
    public Ulid UserId { get; init; }

    /// <summary>The user's place among the participants, from 0.</summary>
    public int Position { get; set; }
}
