namespace Thena.Accounts.Core.Paging;

/// <summary>The times of the records in a list, in ISO 8601, read to the millisecond.</summary>
public abstract record TimeQuery
{
    /// <summary>Returns only records that were created after this time.</summary>
    /// <example>2020-01-01T00:00:00.000Z</example>
    [Extension]
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Returns only records that were created before this time, such as <c>2026-12-01T00:00:00.000Z</c>.</summary>
    [Extension]
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Returns only records that were last changed after this time. A new record counts as changed when it is created.</summary>
    /// <example>2020-01-01T00:00:00.000Z</example>
    [Extension]
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>Returns only records that were last changed before this time, such as <c>2026-12-01T00:00:00.000Z</c>.</summary>
    [Extension]
    public DateTimeOffset? UpdatedBefore { get; init; }
}
