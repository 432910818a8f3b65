using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Activities;

/// <summary>A dated event with an account, such as a call, a meeting or a visit (contract: Activity).</summary>
public sealed class Activity : TenantEntity, IAttachable
{
    /// <summary>The ID of the account.</summary>
    public Ulid AccountId { get; init; }

    /// <summary>The account.</summary>
    public Account? Account { get; private set; }

    /// <summary>The name of the account.</summary>
    [Shown(nameof(Account), nameof(Accounts.Account.Name))]
    public string AccountName { get; set; } = "";

    /// <summary>The time of the activity, past or future.</summary>
    public DateTimeOffset ActivityTimestamp { get; set; }

    /// <summary>The duration in minutes.</summary>
    public int Duration { get; set; }

    /// <summary>The location.</summary>
    public required string Location { get; set; }

    /// <summary>The title.</summary>
    public string? Title { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The ID of the type.</summary>
    public Ulid TypeId { get; set; }

    /// <summary>The type.</summary>
    public AttributeValue? Type { get; private set; }

    /// <summary>The ID of the status.</summary>
    public Ulid StatusId { get; set; }

    /// <summary>The status.</summary>
    public AttributeValue? Status { get; private set; }

    /// <summary>The participating users.</summary>
    public List<ActivityParticipant> Participants { get; } = [];

    /// <summary>The ID of the user whose API key created the activity.</summary>
    public Ulid CreatorId { get; init; }

    /// <summary>The user whose API key created the activity.</summary>
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
            activity => new { activity.OrganizationId, activity.AccountId });
        builder.HasReference(activity => activity.Type, activity => new { activity.OrganizationId, activity.TypeId });
        builder.HasReference(activity => activity.Status, activity => new { activity.OrganizationId, activity.StatusId });
        builder.HasOne(activity => activity.Creator).WithMany()
            .HasForeignKey(activity => new { activity.OrganizationId, activity.CreatorId }).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>A user who participates in an activity. The row is part of the activity and keyed by it.</summary>
public sealed class ActivityParticipant : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The ID of the activity.</summary>
    public Ulid ActivityId { get; init; }

    /// <summary>The ID of the user.</summary>
    public Ulid UserId { get; init; }

    /// <summary>The position among the participants, from 0.</summary>
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
