using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Writing;

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

/// <summary>Deletes the tasks of a deleted account.</summary>
internal sealed class AccountTaskDependents : IDependents<Account>
{
    public string Kind => TaskKind.Plural;

    public LockedSet Lock(Ulid id, Unit unit) => unit.DeleteAll(unit.Of<AccountTask>().Where(nameof(AccountTask.AccountId), id));
}

/// <summary>Unlinks the tasks of a deleted activity. The tasks stay.</summary>
internal sealed class ActivityTaskDependents : IDependents<Activity>
{
    public string Kind => TaskKind.Plural;

    public LockedSet Lock(Ulid id, Unit unit) => unit.ChangeAll(
        unit.Of<AccountTask>().Where(nameof(AccountTask.ActivityId), id),
        task => task.ActivityId = null,
        properties: nameof(AccountTask.ActivityId));
}
