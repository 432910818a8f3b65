using FluentValidation;

namespace Thena.Accounts.Core.Paging;

/// <summary>The rules for the part of a list to return.</summary>
internal static class PageRules
{
    /// <summary>Requires a page that is not before the first one.</summary>
    public static IRuleBuilderOptions<T, long?> IsPage<T>(this IRuleBuilder<T, long?> rule, int first = 1) =>
        rule.GreaterThanOrEqualTo(first).WithMessage($"page must be {first} or more");

    /// <summary>Requires a number of rows that is not larger than the largest one.</summary>
    public static IRuleBuilderOptions<T, long?> IsLimit<T>(this IRuleBuilder<T, long?> rule, int most) =>
        rule.InclusiveBetween(1, most).WithMessage($"limit must be between 1 and {most}");
}
