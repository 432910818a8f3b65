using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Bulk;

/// <summary>Makes sure of records that others may be making or deleting at the same moment.</summary>
internal static class InsertOrHold
{
    /// <summary>
    /// Inserts records, and holds those whose key a living record has. All is done in the order of the keys, first the inserts and then the locks, so
    /// that several who do this at once wait for each other in one direction only. At most two round trips.
    /// </summary>
    /// <param name="context">The database, in a transaction.</param>
    /// <param name="records">The records, stamped, each key once.</param>
    /// <param name="key">The unique column.</param>
    /// <param name="rowLock">How those that were there are held.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>
    /// The living record of each key: the one inserted, or the one that was there before, tracked. <see langword="null"/> when one that stood in the way
    /// was deleted before it could be held: to insert it now would be out of order, so the transaction has to begin anew.
    /// </returns>
    public static async Task<Dictionary<string, TRecord>?> InsertOrHoldAsync<TRecord>(
        this AccountsDbContext context, IEnumerable<TRecord> records, UniqueKey<TRecord> key, RowLock rowLock, CancellationToken cancellationToken)
        where TRecord : Record
    {
        var wanted = records.ToList();
        var recordOfKey = (wanted.Count > 0 ? await context.InsertNewAsync(wanted, key.Column, cancellationToken) : []).ToDictionary(key.Of);
        var taken = wanted.ConvertAll(key.Of).FindAll(text => !recordOfKey.ContainsKey(text));
        if (taken.Count > 0)
        {
            var batch = new QueryBatch(context);
            var held = batch.Add(key.With(taken), rowLock);
            await batch.RunAsync(cancellationToken);
            foreach (var record in held)
            {
                recordOfKey[key.Of(record)] = record;
            }
        }

        return recordOfKey.Count == wanted.Count ? recordOfKey : null;
    }
}
