using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Tasks;

internal sealed class AccountTaskConfiguration : IEntityTypeConfiguration<AccountTask>
{
    public void Configure(EntityTypeBuilder<AccountTask> builder)
    {
        builder.ToTable("tasks");
        builder.HasRecordKey();
        builder.HasReference(
            task => task.Account,
            task => new { task.OrganizationId, task.AccountId },
            task => new { task.OrganizationId, task.AccountId, task.Id });
        builder.HasReference(
            task => task.Assignee,
            task => new { task.OrganizationId, task.AssigneeId },
            task => new { task.OrganizationId, task.AssigneeId, task.Id });
        builder.HasReference(task => task.Activity, task => new { task.OrganizationId, task.ActivityId });
        builder.HasReference(task => task.Type, task => new { task.OrganizationId, task.TypeId });
        builder.HasReference(task => task.Status, task => new { task.OrganizationId, task.StatusId });
        builder.HasReference(task => task.Priority, task => new { task.OrganizationId, task.PriorityId });
        builder.HasReference(task => task.Creator, task => new { task.OrganizationId, task.CreatorId });
    }
}
