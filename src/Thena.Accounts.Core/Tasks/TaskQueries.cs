using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Tasks;

/// <summary>Filters for a list of tasks. A filter with an unknown ID or value yields an empty list.</summary>
public sealed record ListTasksQuery : PageQuery
{
    /// <summary>The ID of a single task.</summary>
    public string? TaskId { get; init; }

    /// <summary>The account's ID.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ID of the activity that the tasks belong to.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The ID of the assigned user.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>The ID or value of a <c>task_type</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The ID or value of a <c>task_status</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The ID or value of a <c>task_priority</c>.</summary>
    public string? Priority { get; init; }
}

internal sealed class ListTasksQueryValidator : PageQueryValidator<ListTasksQuery>;

/// <summary>The pick list values that tasks use.</summary>
internal sealed class TaskAttributeUsage(AccountsDbContext context) : AttributeUsage<AccountTask>(context)
{
    protected override Expression<Func<AccountTask, Ulid?>>? Column(AttributeKind kind) => kind switch
    {
        AttributeKind.TaskType => task => task.TypeId,
        AttributeKind.TaskStatus => task => task.StatusId,
        AttributeKind.TaskPriority => task => task.PriorityId,
        _ => null,
    };
}

/// <summary>Deletes the tasks of a deleted account.</summary>
internal sealed class AccountTaskDependents(AccountsDbContext context) : IDependents<Account>
{
    public Task RemoveAsync(Ulid recordId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Tasks.Where(task => task.AccountId == recordId).SoftDeleteAsync(now, cancellationToken);
}

/// <summary>Unlinks the tasks of a deleted activity. The tasks stay.</summary>
internal sealed class ActivityTaskDependents(AccountsDbContext context) : IDependents<Activity>
{
    public Task RemoveAsync(Ulid recordId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Tasks.Where(task => task.ActivityId == recordId).ExecuteUpdateAsync(
            set => set.SetProperty(task => task.ActivityId, (Ulid?)null).SetVersion(now),
            cancellationToken);
}
