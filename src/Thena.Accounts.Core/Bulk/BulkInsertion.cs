using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Bulk;

/// <summary>What became of many new records that are unique by one column.</summary>
/// <typeparam name="TRecord">The records.</typeparam>
internal sealed class BulkInsertion<TRecord>
    where TRecord : TenantEntity
{
    private readonly UniqueKey<TRecord> _key;
    private readonly Dictionary<string, Ulid> _idOfKey;

    private BulkInsertion(IReadOnlyList<TRecord> created, UniqueKey<TRecord> key, Dictionary<string, Ulid> idOfKey)
    {
        Created = created;
        _key = key;
        _idOfKey = idOfKey;
    }

    /// <summary>The records that were inserted.</summary>
    public IReadOnlyList<TRecord> Created { get; }

    /// <summary>
    /// Inserts records, the first of each key, in the order of their keys: two that insert the same at once never wait for each other.
    /// Those whose key
    /// a living record has are left out. At most two round trips, however many records, unless others delete the same meanwhile.
    /// </summary>
    /// <param name="context">The database, in a transaction.</param>
    /// <param name="records">The records, stamped.</param>
    /// <param name="key">The unique column.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static async Task<BulkInsertion<TRecord>> RunAsync(
        AccountsDbContext context, IEnumerable<TRecord> records, UniqueKey<TRecord> key, CancellationToken cancellationToken)
    {
        List<TRecord> created = [];
        Dictionary<string, Ulid> idOfKey = [];
        for (
            var pending = records.DistinctBy(key.Of)
                .ToList(); pending.Count > 0; pending = pending.FindAll(record => !idOfKey.ContainsKey(key.Of(record))))
        {
            var inserted = await context.InsertNewAsync(pending, key.Column, cancellationToken);
            created.AddRange(inserted);
            foreach (var record in inserted)
            {
                idOfKey[key.Of(record)] = record.Id;
            }

            // What stood in the way may have been deleted since: then there is neither the old record nor the new, and it is tried again.
            var skipped = pending.ConvertAll(key.Of).FindAll(text => !idOfKey.ContainsKey(text));
            foreach (var (id, text) in skipped.Count > 0 ? await key.FindIdsAsync(skipped, cancellationToken) : [])
            {
                idOfKey[text] = id;
            }
        }

        return new BulkInsertion<TRecord>(created, key, idOfKey);
    }

    /// <summary>What became of each item of a request.</summary>
    /// <param name="items">The items' records, in the order given.</param>
    public BulkCreateResponse ToResponse(IEnumerable<TRecord> items)
    {
        var created = Created.Select(record => record.Id).ToHashSet();
        return BulkCreateResponse.Of([.. items.Select((item, index) => new BulkItemResponse(
            index,
            _idOfKey[_key.Of(item)].ToString(),
            created.Contains(item.Id) ? BulkItemResponse.Created : BulkItemResponse.Skipped))]);
    }
}

/// <summary>Makes sure of records that others may be making or deleting at the same moment.</summary>
internal static class InsertOrLock
{
    /// <summary>
    /// Inserts records, and holds those whose key a living record has. All is done in the order of the keys, first the inserts and then the
    /// locks, so
    /// that several who do this at once wait for each other in one direction only. At most two round trips.
    /// </summary>
    /// <param name="context">The database, in a transaction.</param>
    /// <param name="records">The records, stamped, each key once.</param>
    /// <param name="key">The unique column.</param>
    /// <param name="rowLock">How those that were there are held.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>
    /// The living record of each key: the inserted one, or the existing one, tracked.
    /// </returns>
    /// <exception cref="TransactionCollisionException">An existing record was deleted before it could be locked.</exception>
    public static async Task<Dictionary<string, TRecord>> InsertOrLockAsync<TRecord>(
        this AccountsDbContext context,
        IEnumerable<TRecord> records,
        UniqueKey<TRecord> key,
        RowLock rowLock,
        CancellationToken cancellationToken)
        where TRecord : TenantEntity
    {
        var wanted = records.ToList();
        var recordOfKey = (wanted.Count > 0 ? await context.InsertNewAsync(wanted, key.Column, cancellationToken) : [])
            .ToDictionary(key.Of);
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

        return recordOfKey.Count == wanted.Count ? recordOfKey : throw new TransactionCollisionException();
    }
}
