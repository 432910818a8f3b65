using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Bulk;

/// <summary>Makes sure of records that others may be making or deleting at the same moment.</summary>
internal static class InsertOrHold
{
    /// <summary>
    /// Inserts records, and holds those whose key a living record has. All is done in the order of the keys, first the inserts and then the locks, so
    /// that several who do this at once wait for each other in one direction only. Two round trips, unless others delete the same meanwhile.
    /// </summary>
    /// <param name="context">The database, in a transaction.</param>
    /// <param name="records">The records, stamped, each key once.</param>
    /// <param name="key">The unique column.</param>
    /// <param name="rowLock">How those that were there are held.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The living record of each key: the one inserted, or the one that was there before, tracked.</returns>
    public static async Task<Dictionary<string, TRecord>> InsertOrHoldAsync<TRecord>(
        this AccountsDbContext context, IEnumerable<TRecord> records, UniqueKey<TRecord> key, RowLock rowLock, CancellationToken cancellationToken)
        where TRecord : Record
    {
        Dictionary<string, TRecord> recordOfKey = [];
        for (var pending = records.ToList(); pending.Count > 0; pending = WithoutRecord(pending))
        {
            foreach (var record in await context.InsertNewAsync(pending, key.Column, cancellationToken))
            {
                recordOfKey[key.Of(record)] = record;
            }

            if (WithoutRecord(pending) is { Count: > 0 } taken)
            {
                var batch = new QueryBatch(context);
                var held = batch.Add(key.With(taken.ConvertAll(key.Of)), rowLock);
                await batch.RunAsync(cancellationToken);
                foreach (var record in held)
                {
                    recordOfKey[key.Of(record)] = record;
                }
            }
        }

        return recordOfKey;

        List<TRecord> WithoutRecord(List<TRecord> some) => some.FindAll(record => !recordOfKey.ContainsKey(key.Of(record)));
    }
}
