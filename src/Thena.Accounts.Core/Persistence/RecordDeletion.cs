using Microsoft.EntityFrameworkCore;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Deletes records: they stay in their tables, and are gone from every query.</summary>
internal static class RecordDeletion
{
    /// <summary>Deletes all records of a query, in one statement.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> SoftDeleteAsync<TRecord>(this IQueryable<TRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
        where TRecord : Record =>
        records.ExecuteUpdateAsync(set => set.SetProperty(record => record.DeletedAt, now), cancellationToken);
}
