using FluentValidation;

namespace Thena.Accounts.Core.Paging;

/// <summary>The part of a list to return (contract: General, lists).</summary>
public abstract record PageQuery : TimeQuery
{
    /// <summary>The largest number of rows on a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>The number of rows on a page by default.</summary>
    public const int DefaultLimit = 10;

    /// <summary>The page, from 1.</summary>
    /// <example>1</example>
    public long? Page { get; init; }

    /// <summary>The number of rows on a page, 1 to 100.</summary>
    /// <example>10</example>
    public long? Limit { get; init; }

    /// <summary>
    /// Whether to count all rows, for the header <c>X-Total-Count</c> and the link <c>last</c>. Counting makes large lists slow.
    /// </summary>
    /// <example>false</example>
    [Extension]
    public bool? IncludeTotal { get; init; }

    /// <summary>
    /// The position at which the page starts, taken from the link <c>next</c> of the previous page. Following these links never repeats or
    /// skips a row, even if rows are created or deleted in the meantime; <c>page</c> cannot guarantee that.
    /// </summary>
    [Extension]
    public string? Cursor { get; init; }

    internal int Rows => (int)(Limit ?? DefaultLimit);
}

internal abstract class PageQueryValidator<T> : AbstractValidator<T>
    where T : PageQuery
{
    protected PageQueryValidator()
    {
        RuleFor(query => query.Page).IsPage();
        RuleFor(query => query.Limit).IsLimit(PageQuery.MaxLimit);
        RuleFor(query => query.Cursor)
            .Must(cursor => cursor is null || Postgres.Reading.Cursor.TryParse(cursor, out _))
            .WithMessage("cursor must be one that a link of this list gave");
    }
}
