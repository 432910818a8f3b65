namespace Thena.Accounts.Postgres.Writing;

/// <summary>The lock on the rows of a query, kept until the end of the transaction.</summary>
public enum RowLock
{
    /// <summary>No lock.</summary>
    None,

    /// <summary>Prevents deletion (<c>FOR KEY SHARE</c>). For rows that a new record refers to.</summary>
    KeyShare,

    /// <summary>Prevents change and deletion (<c>FOR SHARE</c>). For rows whose values decide what is written.</summary>
    Share,

    /// <summary>For rows to change (<c>FOR NO KEY UPDATE</c>). New records can still refer to them under <see cref="KeyShare"/>.</summary>
    Change,

    /// <summary>For rows to delete (<c>FOR UPDATE</c>). Waits for transactions that are creating references to the rows.</summary>
    Delete,
}

/// <summary>The locks as SQL.</summary>
internal static class RowLocks
{
    /// <summary>Returns the clause that locks the rows of the alias <c>r</c>.</summary>
    public static string Sql(this RowLock rowLock) => rowLock switch
    {
        RowLock.KeyShare => " for key share of r",
        RowLock.Share => " for share of r",
        RowLock.Change => " for no key update of r",
        RowLock.Delete => " for update of r",
        _ => "",
    };
}
