using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Tasks;

/// <summary>A task that a user has to do for an account (contract: Task). The name avoids a clash with the <c>Task</c> of .NET.</summary>
public sealed class AccountTask : TenantEntity, IAttachable
{
    /// <summary>The ID of the account.</summary>
    public Ulid AccountId { get; init; }

    /// <summary>The account.</summary>
    public Account? Account { get; private set; }

    /// <summary>The name of the account.</summary>
    [Shown(nameof(Account), nameof(Accounts.Account.Name))]
    public string AccountName { get; set; } = "";

    /// <summary>The ID of the activity that the task belongs to, if any. It is an activity of the same account.</summary>
    public Ulid? ActivityId { get; set; }

    /// <summary>The activity that the task belongs to.</summary>
    public Activity? Activity { get; private set; }

    /// <summary>The title.</summary>
    public required string Title { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The ID of the user to whom the task is assigned.</summary>
    public Ulid AssigneeId { get; set; }

    /// <summary>The user to whom the task is assigned.</summary>
    public User? Assignee { get; private set; }

    /// <summary>The ID of the type.</summary>
    public Ulid TypeId { get; set; }

    /// <summary>The type.</summary>
    public AttributeValue? Type { get; private set; }

    /// <summary>The ID of the status. A closed status makes the task inactive.</summary>
    public Ulid StatusId { get; set; }

    /// <summary>The status.</summary>
    public AttributeValue? Status { get; private set; }

    /// <summary>The ID of the priority.</summary>
    public Ulid PriorityId { get; set; }

    /// <summary>The priority.</summary>
    public AttributeValue? Priority { get; private set; }

    /// <summary>The ID of the user whose API key created the task.</summary>
    public Ulid CreatorId { get; init; }

    /// <summary>The user whose API key created the task.</summary>
    public User? Creator { get; private set; }

    /// <inheritdoc/>
    public AttachmentList Attachments { get; set; } = AttachmentList.Empty;

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;
}

internal sealed class AccountTaskConfiguration : IEntityTypeConfiguration<AccountTask>
{
    public void Configure(EntityTypeBuilder<AccountTask> builder)
    {
        builder.ToTable("tasks");
        builder.HasRecordKey();
        builder.HasReference(
            task => task.Account,
            task => new { task.OrganizationId, task.AccountId });
        builder.HasReference(
            task => task.Assignee,
            task => new { task.OrganizationId, task.AssigneeId });
        builder.HasReference(task => task.Activity, task => new { task.OrganizationId, task.ActivityId });
        builder.HasReference(task => task.Type, task => new { task.OrganizationId, task.TypeId });
        builder.HasReference(task => task.Status, task => new { task.OrganizationId, task.StatusId });
        builder.HasReference(task => task.Priority, task => new { task.OrganizationId, task.PriorityId });
        builder.HasOne(task => task.Creator).WithMany()
            .HasForeignKey(task => new { task.OrganizationId, task.CreatorId }).OnDelete(DeleteBehavior.Restrict);
    }
}
