using System.Globalization;
using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The orders in which accounts can be listed.</summary>
internal static class AccountOrders
{
    private const string CreatedAt = "createdAt";
    private const string Ascending = "ASC";

    public static IReadOnlyList<string> Names { get; } = [CreatedAt, "name", "updatedAt", "annualRevenue", "employees"];

    public static IReadOnlyList<string> Directions { get; } = [Ascending, "DESC"];

    public static ListOrder<Account, AccountResponse> Get(string? name, string? direction)
    {
        var descending = direction != Ascending;
        return name switch
        {
            "name" => ListOrder<Account, AccountResponse>.By(
                name, descending, account => account.Search,
                row => Account.SearchText(row.Name, row.PrimaryDomain, row.SecondaryDomain),
                text => new Parsed<string>(text)),
            "updatedAt" => ListOrder<Account, AccountResponse>.By(
                name, descending, account => account.UpdatedAt,
                row => row.UpdatedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                    ? new Parsed<DateTimeOffset>(DateTimeOffset.FromUnixTimeMilliseconds(value)) : null),
            "annualRevenue" => ListOrder<Account, AccountResponse>.By(
                name, descending, account => account.AnnualRevenue ?? -1m,
                row => (row.AnnualRevenue ?? -1m).ToString(CultureInfo.InvariantCulture),
                text => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? new Parsed<decimal>(value) : null),
            "employees" => ListOrder<Account, AccountResponse>.By(
                name, descending, account => account.Employees ?? -1,
                row => (row.Employees ?? -1).ToString(CultureInfo.InvariantCulture),
                text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? new Parsed<int>(value) : null),
            _ => ListOrder<Account, AccountResponse>.ById(descending),
        };
    }
}
