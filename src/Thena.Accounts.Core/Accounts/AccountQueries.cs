using System.Globalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Validation;
using Thena.Accounts.Postgres.Reading;

namespace Thena.Accounts.Core.Accounts;

/// <summary>Filters for a list of accounts. A filter with an unknown ID or value yields an empty list.</summary>
public sealed record ListAccountsQuery : PageQuery
{
    /// <summary>The origin of the accounts.</summary>
    public string? Source { get; init; }

    /// <summary>The ID or value of an <c>account_status</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The ID or value of an <c>account_classification</c>.</summary>
    public string? Classification { get; init; }

    /// <summary>The ID or value of an <c>account_health</c>.</summary>
    public string? Health { get; init; }

    /// <summary>The ID or value of an <c>account_industry</c>.</summary>
    public string? Industry { get; init; }

    /// <summary>The ID of the owner.</summary>
    public string? AccountOwnerId { get; init; }

    /// <summary>A part of the name or of a domain, ignoring case.</summary>
    [Extension]
    public string? Search { get; init; }

    /// <summary>
    /// The field to sort by: <c>createdAt</c> (default), <c>name</c>, <c>updatedAt</c>, <c>annualRevenue</c> or <c>employees</c>. Unset
    /// values count as the smallest.
    /// </summary>
    [Extension]
    public string? Sort { get; init; }

    /// <summary>The direction: <c>DESC</c> (default) or <c>ASC</c>.</summary>
    [Extension]
    public string? Order { get; init; }
}

internal sealed class ListAccountsQueryValidator : PageQueryValidator<ListAccountsQuery>
{
    public ListAccountsQueryValidator()
    {
        RuleFor(query => query.Sort).OneOf(AccountOrders.Names);
        RuleFor(query => query.Order).OneOf(AccountOrders.Directions);
    }
}

/// <summary>The sort orders of account lists.</summary>
internal static class AccountOrders
{
    private const string CreatedAt = "createdAt";
    private const string Ascending = "ASC";

    public static IReadOnlyList<string> Names { get; } = [CreatedAt, "name", "updatedAt", "annualRevenue", "employees"];

    public static IReadOnlyList<string> Directions { get; } = [Ascending, "DESC"];

    public static ListOrder<Account> Get(string? name, string? direction)
    {
        var isDescending = direction != Ascending;
        return name switch
        {
            "name" => ListOrder.By<Account>(name, isDescending, "r.search", account => account.Search, text => text),
            "updatedAt" => ListOrder.By<Account>(
                name, isDescending, RecordOrder.UpdatedAt,
                account => account.UpdatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    && value <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                    ? DateTimeOffset.FromUnixTimeMilliseconds(value)
                    : null),
            "annualRevenue" => ListOrder.By<Account>(
                name, isDescending, "coalesce(r.annual_revenue, -1)",
                account => (account.AnnualRevenue ?? -1m).ToString(CultureInfo.InvariantCulture),
                text => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : null),
            "employees" => ListOrder.By<Account>(
                name, isDescending, "coalesce(r.employees, -1)",
                account => (account.Employees ?? -1).ToString(CultureInfo.InvariantCulture),
                text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null),
            _ => ListOrder.ById<Account>(isDescending),
        };
    }
}
