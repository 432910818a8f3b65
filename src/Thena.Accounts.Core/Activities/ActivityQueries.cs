using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Activities;

/// <summary>Which activities to show. A filter that names nothing yields an empty list.</summary>
public sealed record ListActivitiesQuery : PageQuery
{
    /// <summary>One activity.</summary>
    public string? ActivityId { get; init; }

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The type: id or value of an <c>activity_type</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The status: id or value of an <c>activity_status</c>.</summary>
    public string? Status { get; init; }
}

/// <summary>The form of <see cref="ListActivitiesQuery"/>.</summary>
public sealed class ListActivitiesQueryValidator : PageQueryValidator<ListActivitiesQuery>;

/// <summary>The attribute values that activities refer to.</summary>
internal sealed class ActivityAttributeUsage(AccountsDbContext context) : AttributeUsage<Activity>(context)
{
    protected override Expression<Func<Activity, Ulid?>>? Column(AttributeKind kind) => kind switch
    {
        AttributeKind.ActivityType => activity => activity.TypeId,
        AttributeKind.ActivityStatus => activity => activity.StatusId,
        _ => null,
    };
}
