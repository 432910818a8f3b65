namespace Thena.Accounts.Core.Paging;

/// <summary>Which part of a list is asked for (contract: General, lists).</summary>
public abstract record PageQuery
{
    /// <summary>Most rows of a page.</summary>
    public const int MaxLimit = 100;

    /// <summary>Rows of a page when none is asked for.</summary>
    public const int DefaultLimit = 10;

    /// <summary>The page, from 1.</summary>
    /// <example>1</example>
    public long? Page { get; init; }

    /// <summary>Rows of a page, 1 to 100.</summary>
    /// <example>10</example>
    public long? Limit { get; init; }

    /// <summary>Whether the answer counts all rows: header <c>X-Total-Count</c> and the link <c>last</c>. Counting makes large lists slow.</summary>
    /// <example>false</example>
    public bool? IncludeTotal { get; init; }

    /// <summary>
    /// Where the page starts, as the link <c>next</c> of the page before says. Following those links, no row is shown twice and none is left out,
    /// whatever is created or deleted meanwhile; <c>page</c> alone cannot promise that.
    /// </summary>
    public string? Cursor { get; init; }

    internal int Rows => (int)(Limit ?? DefaultLimit);
}
