using FluentValidation;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>Filters for a list of custom fields.</summary>
public sealed record ListCustomFieldsQuery
{
    /// <summary>The number of rows on a page, 1 to 100.</summary>
    /// <example>10</example>
    public long? Limit { get; init; }

    /// <summary>The page, from 0.</summary>
    /// <example>0</example>
    public long? Page { get; init; }

    /// <summary>The kind of record that the fields belong to.</summary>
    /// <example>account</example>
    public string? Source { get; init; }

    /// <summary>The ID of the team that the fields belong to.</summary>
    public string? TeamId { get; init; }

    /// <summary>Whether to return only fields that belong to a team.</summary>
    /// <example>false</example>
    public bool? OnlyTeamFields { get; init; }

    internal int Rows => (int)(Limit ?? PageQuery.DefaultLimit);
}

internal sealed class ListCustomFieldsQueryValidator : AbstractValidator<ListCustomFieldsQuery>
{
    public ListCustomFieldsQueryValidator()
    {
        RuleFor(query => query.Page).IsPage(first: 0);
        RuleFor(query => query.Limit).IsLimit(PageQuery.MaxLimit);
        RuleFor(query => query.Source).OneOf(CustomFieldSource.All);
    }
}
