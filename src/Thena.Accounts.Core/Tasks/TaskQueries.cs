using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Tasks;

/// <summary>Which tasks to show. A filter that names nothing yields an empty list.</summary>
public sealed record ListTasksQuery : PageQuery
{
    /// <summary>One task.</summary>
    public string? TaskId { get; init; }

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The activity that they came out of.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The user who is to do them.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>The type: id or value of a <c>task_type</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The status: id or value of a <c>task_status</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The priority: id or value of a <c>task_priority</c>.</summary>
    public string? Priority { get; init; }
}

/// <summary>The form of <see cref="ListTasksQuery"/>.</summary>
public sealed class ListTasksQueryValidator : PageQueryValidator<ListTasksQuery>;

/// <summary>The attribute values that tasks refer to.</summary>
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
