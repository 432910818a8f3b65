namespace Thena.Accounts.Core.History;

/// <summary>The time of which a record is shown.</summary>
public sealed record AtQuery
{
    /// <summary>
    /// Returns the record as it was at this time, with the names of that time. If the record did not exist yet or was already deleted,
    /// the response is a 404.
    /// </summary>
    [Extension]
    public DateTimeOffset? At { get; init; }
}
