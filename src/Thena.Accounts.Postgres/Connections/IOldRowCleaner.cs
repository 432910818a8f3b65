namespace Thena.Accounts.Postgres.Connections;

/// <summary>Removes the rows of a table that are too old. Any number of servers can do so at once.</summary>
public interface IOldRowCleaner
{
    /// <summary>The table.</summary>
    static abstract string Table { get; }

    /// <summary>The time between two runs.</summary>
    static abstract TimeSpan Interval { get; }

    /// <summary>Removes all rows that are too old.</summary>
    /// <returns>The number of removed rows.</returns>
    Task<int> RunAsync(CancellationToken cancellationToken);
}
