using FluentValidation;
using Thena.Accounts.Core.Paging;

namespace Thena.Accounts.Core.History;

/// <summary>The changes of a record to list.</summary>
public record ListHistoryQuery
{
    /// <summary>The largest number of changes on a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>The number of changes on a page by default.</summary>
    public const int DefaultLimit = 10;

    /// <summary>
    /// Returns only updates of this member, such as <c>status</c>, <c>metadata.plan</c> or <c>metadata</c>. The creation and the deletion
    /// are always returned.
    /// </summary>
    /// <example>status</example>
    public string? Field { get; init; }

    /// <summary>Returns only changes by the user with this ID.</summary>
    public string? ActorId { get; init; }

    /// <summary>Returns only changes at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Returns only changes before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The page, from 1.</summary>
    /// <example>1</example>
    public long? Page { get; init; }

    /// <summary>The number of changes on a page, 1 to 100.</summary>
    /// <example>10</example>
    public long? Limit { get; init; }
}

/// <summary>The changes of an account to list.</summary>
public sealed record ListAccountHistoryQuery : ListHistoryQuery
{
    /// <summary>Whether to add the changes of the contacts, relationships, activities, notes and tasks of the account.</summary>
    /// <example>false</example>
    public bool? Related { get; init; }
}

internal abstract class HistoryQueryValidator<T> : AbstractValidator<T>
    where T : ListHistoryQuery
{
    protected HistoryQueryValidator()
    {
        RuleFor(query => query.Page).IsPage();
        RuleFor(query => query.Limit).IsLimit(ListHistoryQuery.MaxLimit);
    }
}

internal sealed class ListHistoryQueryValidator : HistoryQueryValidator<ListHistoryQuery>;

internal sealed class ListAccountHistoryQueryValidator : HistoryQueryValidator<ListAccountHistoryQuery>;
