using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Tasks;

/// <summary>What a user is to do for an account (contract: Task). Not just <c>Task</c>, which in C# is something else.</summary>
public sealed class AccountTask : TenantEntity, IAttachable
{
    /// <summary>The account.</summary>
    public Ulid AccountId { get; init; }

    /// <summary>See <see cref="AccountId"/>.</summary>
    public Account? Account { get; private set; }

    /// <summary>The activity that it came out of, one of the same account.</summary>
    public Ulid? ActivityId { get; set; }

    /// <summary>See <see cref="ActivityId"/>.</summary>
    public Activity? Activity { get; private set; }

    /// <summary>What is to be done, in a few words.</summary>
    public required string Title { get; set; }

    /// <summary>What there is to say about it.</summary>
    public string? Description { get; set; }

    /// <summary>The user who is to do it.</summary>
    public Ulid AssigneeId { get; set; }

    /// <summary>See <see cref="AssigneeId"/>.</summary>
    public User? Assignee { get; private set; }

    /// <summary>What sort of task it is.</summary>
    public Ulid TypeId { get; set; }

    /// <summary>See <see cref="TypeId"/>.</summary>
    public AttributeValue? Type { get; private set; }

    /// <summary>How far it is. A status that is closed ends the task.</summary>
    public Ulid StatusId { get; set; }

    /// <summary>See <see cref="StatusId"/>.</summary>
    public AttributeValue? Status { get; private set; }

    /// <summary>How pressing it is.</summary>
    public Ulid PriorityId { get; set; }

    /// <summary>See <see cref="PriorityId"/>.</summary>
    public AttributeValue? Priority { get; private set; }

    /// <summary>The user whose key made it.</summary>
    public Ulid CreatorId { get; init; }

    /// <summary>See <see cref="CreatorId"/>.</summary>
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
