using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Bulk;

/// <summary>The outcome of inserting many records that are unique by one column.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
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
    /// Inserts the first record of each key, and skips keys that an existing record has. Inserts in the order of the keys, so that
    /// concurrent calls cannot deadlock. Takes at most two round trips.
    /// </summary>
    /// <param name="context">The database, in a transaction.</param>
    /// <param name="records">The records, on which <see cref="TenantEntity.Stamp"/> has been called.</param>
    /// <param name="key">The unique column.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="TransactionCollisionException">An existing record was deleted before it could be found.</exception>
    public static async Task<BulkInsertion<TRecord>> RunAsync(
        AccountsDbContext context, IEnumerable<TRecord> records, UniqueKey<TRecord> key, CancellationToken cancellationToken)
    {
        var wanted = records.DistinctBy(key.Of).ToList();
        var created = wanted.Count > 0 ? await context.InsertNewAsync(wanted, key.Column, cancellationToken) : [];
        var idOfKey = created.ToDictionary(key.Of, record => record.Id);
        var skipped = wanted.ConvertAll(key.Of).FindAll(text => !idOfKey.ContainsKey(text));
        foreach (var (id, text) in skipped.Count > 0 ? await key.FindIdsAsync(skipped, cancellationToken) : [])
        {
            idOfKey[text] = id;
        }

        if (idOfKey.Count < wanted.Count)
        {
            throw new TransactionCollisionException();
        }

        return new BulkInsertion<TRecord>(created, key, idOfKey);
    }

    /// <summary>Returns the ID of the record that has the key of a given one.</summary>
    public Ulid IdOf(TRecord record) => _idOfKey[_key.Of(record)];

    /// <summary>Creates the response, with the result of each item.</summary>
    /// <param name="items">The records of all items, in the order of the request.</param>
    public BulkCreateResponse ToResponse(IEnumerable<TRecord> items)
    {
        var created = Created.Select(record => record.Id).ToHashSet();
        return BulkCreateResponse.Of([.. items.Select((item, index) => new BulkItemResponse(
            index,
            IdOf(item).ToString(),
            created.Contains(item.Id) ? BulkItemResponse.Created : BulkItemResponse.Skipped))]);
    }
}

/// <summary>Ensures that records exist, even if other transactions create or delete them at the same time.</summary>
internal static class InsertOrLock
{
    /// <summary>
    /// Inserts records, and locks the existing record instead if the key is taken. Inserts first and locks then, both in the order of the
    /// keys, so that concurrent calls cannot deadlock. Takes at most two round trips.
    /// </summary>
    /// <param name="context">The database, in a transaction.</param>
    /// <param name="records">The records, on which <see cref="TenantEntity.Stamp"/> has been called, with distinct keys.</param>
    /// <param name="key">The unique column.</param>
    /// <param name="rowLock">The lock on existing records.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>
    /// The record of each key: the inserted one, or the existing one, which is tracked.
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
