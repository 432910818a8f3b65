using Thena.Accounts.Core.Paging;

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
