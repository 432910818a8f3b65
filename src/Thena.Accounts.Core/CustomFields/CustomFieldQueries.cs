using FluentValidation;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>Which custom fields to show.</summary>
public sealed record ListCustomFieldsQuery
{
    /// <summary>Rows of a page, 1 to 100.</summary>
    /// <example>10</example>
    public long? Limit { get; init; }

    /// <summary>The page, from 0.</summary>
    /// <example>0</example>
    public long? Page { get; init; }

    /// <summary>The sort of record the fields belong to.</summary>
    /// <example>account</example>
    public string? Source { get; init; }

    /// <summary>The team they belong to.</summary>
    public string? TeamId { get; init; }

    /// <summary>Whether only fields of a team are shown.</summary>
    /// <example>false</example>
    public bool? OnlyTeamFields { get; init; }

    internal int Rows => (int)(Limit ?? PageQuery.DefaultLimit);
}

/// <summary>The form of <see cref="ListCustomFieldsQuery"/>.</summary>
public sealed class ListCustomFieldsQueryValidator : AbstractValidator<ListCustomFieldsQuery>
{
    /// <summary>Sets the rules.</summary>
    public ListCustomFieldsQueryValidator()
    {
        RuleFor(query => query.Page).GreaterThanOrEqualTo(0).WithMessage("page must be 0 or more");
        RuleFor(query => query.Limit).InclusiveBetween(1, PageQuery.MaxLimit).WithMessage($"limit must be between 1 and {PageQuery.MaxLimit}");
        RuleFor(query => query.Source).OneOf(CustomFieldSource.All);
    }
}
