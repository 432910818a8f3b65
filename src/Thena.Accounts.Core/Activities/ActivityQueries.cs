using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Activities;

/// <summary>Filters for a list of activities. A filter with an unknown ID or value yields an empty list.</summary>
public sealed record ListActivitiesQuery : PageQuery
{
    /// <summary>The ID of a single activity.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The account's ID.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ID or value of an <c>activity_type</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The ID or value of an <c>activity_status</c>.</summary>
    public string? Status { get; init; }
}

internal sealed class ListActivitiesQueryValidator : PageQueryValidator<ListActivitiesQuery>;

/// <summary>Deletes the activities of a deleted account.</summary>
internal sealed class AccountActivityDependents : IDependents<Account>
{
    public string Kind => ActivityKind.Plural;

    public LockedSet Lock(Ulid id, Unit unit) => unit.DeleteAll(unit.Of<Activity>().Where(nameof(Activity.AccountId), id));
}
