using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Organizations;

namespace Thena.Accounts.Core.Activities;

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
