using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Accounts;

/// <summary>Which accounts to show. A filter that names nothing yields an empty list.</summary>
public sealed record ListAccountsQuery : PageQuery
{
    /// <summary>Where the accounts came from.</summary>
    public string? Source { get; init; }

    /// <summary>Id or value of an <c>account_status</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Id or value of an <c>account_classification</c>.</summary>
    public string? Classification { get; init; }

    /// <summary>Id or value of an <c>account_health</c>.</summary>
    public string? Health { get; init; }

    /// <summary>Id or value of an <c>account_industry</c>.</summary>
    public string? Industry { get; init; }

    /// <summary>The user who looks after the accounts.</summary>
    public string? AccountOwnerId { get; init; }

    /// <summary>Part of the name or of a domain, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>What the list is ordered by: <c>createdAt</c> (default), <c>name</c>, <c>updatedAt</c>, <c>annualRevenue</c> or <c>employees</c>. Unset values count as smallest.</summary>
    public string? Sort { get; init; }

    /// <summary><c>DESC</c> (default) or <c>ASC</c>.</summary>
    public string? Order { get; init; }
}
