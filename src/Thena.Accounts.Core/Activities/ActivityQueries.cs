using System.Linq.Expressions;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;

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

/// <summary>The pick list values that activities use.</summary>
internal sealed class ActivityAttributeUsage(AccountsDbContext context) : AttributeUsage<Activity>(context)
{
    protected override Expression<Func<Activity, Ulid?>>? Column(AttributeKind kind) => kind switch
    {
        AttributeKind.ActivityType => activity => activity.TypeId,
        AttributeKind.ActivityStatus => activity => activity.StatusId,
        _ => null,
    };
}

/// <summary>Deletes the activities of a deleted account.</summary>
internal sealed class AccountActivityDependents(AccountsDbContext context) : IDependents<Account>
{
    public Task RemoveAsync(Ulid recordId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Activities.Where(activity => activity.AccountId == recordId).SoftDeleteAsync(now, cancellationToken);
}
