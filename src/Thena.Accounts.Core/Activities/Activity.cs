using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Activities;

/// <summary>Something that happened with an account: a call, a meeting, a visit (contract: Activity).</summary>
public sealed class Activity : TenantEntity, IAttachable
{
    /// <summary>The account.</summary>
    public Ulid AccountId { get; init; }

    /// <summary>See <see cref="AccountId"/>.</summary>
    public Account? Account { get; private set; }

    /// <summary>When it happens or happened.</summary>
    public DateTimeOffset ActivityTimestamp { get; set; }

    /// <summary>How long, in minutes.</summary>
    public int Duration { get; set; }

    /// <summary>Where.</summary>
    public required string Location { get; set; }

    /// <summary>What to call it.</summary>
    public string? Title { get; set; }

    /// <summary>What there is to say about it.</summary>
    public string? Description { get; set; }

    /// <summary>What sort of activity it is.</summary>
    public Ulid TypeId { get; set; }

    /// <summary>See <see cref="TypeId"/>.</summary>
    public AttributeValue? Type { get; private set; }

    /// <summary>How far it is.</summary>
    public Ulid StatusId { get; set; }

    /// <summary>See <see cref="StatusId"/>.</summary>
    public AttributeValue? Status { get; private set; }

    /// <summary>The users who take part.</summary>
    public List<ActivityParticipant> Participants { get; } = [];

    /// <summary>The user whose key made it.</summary>
    public Ulid CreatorId { get; init; }

    /// <summary>See <see cref="CreatorId"/>.</summary>
    public User? Creator { get; private set; }

    /// <inheritdoc/>
    public AttachmentList Attachments { get; set; } = AttachmentList.Empty;

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;
}

internal sealed class ActivityConfiguration : IEntityTypeConfiguration<Activity>
{
    public void Configure(EntityTypeBuilder<Activity> builder)
    {
        builder.ToTable("activities");
        builder.HasRecordKey();
        builder.HasReference(
            activity => activity.Account,
            activity => new { activity.OrganizationId, activity.AccountId },
            activity => new { activity.OrganizationId, activity.AccountId, activity.Id });
        builder.HasReference(activity => activity.Type, activity => new { activity.OrganizationId, activity.TypeId });
        builder.HasReference(activity => activity.Status, activity => new { activity.OrganizationId, activity.StatusId });
        builder.HasReference(activity => activity.Creator, activity => new { activity.OrganizationId, activity.CreatorId });
    }
}

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

internal sealed class ActivityParticipantConfiguration : IEntityTypeConfiguration<ActivityParticipant>
{
    public void Configure(EntityTypeBuilder<ActivityParticipant> builder)
    {
        builder.ToTable("activity_participants");
        builder.HasKey(participant => new { participant.OrganizationId, participant.ActivityId, participant.UserId });
        builder.HasOne<Activity>().WithMany(activity => activity.Participants)
            .HasForeignKey(participant => new { participant.OrganizationId, participant.ActivityId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany()
            .HasForeignKey(participant => new { participant.OrganizationId, participant.UserId }).OnDelete(DeleteBehavior.Restrict);
    }
}
