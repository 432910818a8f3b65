using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Activities;

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
