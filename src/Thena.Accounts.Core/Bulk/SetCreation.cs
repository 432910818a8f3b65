using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Bulk;

/// <summary>A record to create as one of a set, whose other records are created even if this one is refused.</summary>
/// <typeparam name="TRequest">The type of the request.</typeparam>
/// <param name="Request">The request, which has passed its validator.</param>
/// <param name="Id">The ID of the new record. Its timestamp is the time of creation.</param>
/// <param name="UpdatedAt">The time of the last change.</param>
/// <param name="Imported">Remembers where the record comes from, if it is a copy of a record elsewhere.</param>
internal sealed record SetItem<TRequest>(TRequest Request, Ulid Id, DateTimeOffset UpdatedAt, ImportedRecord? Imported);

/// <summary>What has become of an item of a set.</summary>
/// <param name="Error">The error that refuses the record, or <see langword="null"/>.</param>
/// <param name="ExistingId">
/// The ID of the record that has the same key already, or <see langword="null"/>. It is also given if the record is refused, perhaps for a
/// reason that does not matter to the existing one.
/// </param>
internal sealed record SetItemResult(Error? Error, Ulid? ExistingId);

/// <summary>Creates the records of a set in a constant number of round trips. Refuses them one by one.</summary>
internal static class SetCreation
{
    /// <summary>Creates the records, in a transaction.</summary>
    /// <param name="context">The database.</param>
    /// <param name="items">The records to create.</param>
    /// <param name="key">The unique column.</param>
    /// <param name="create">Creates a record from a request, without its references.</param>
    /// <param name="apply">Applies a request to a stamped record. Returns the error that refuses it, or <see langword="null"/>.</param>
    /// <param name="insertParts">Inserts the parts of the records that were created.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The results, in the order of the items.</returns>
    public static async Task<SetItemResult[]> RunAsync<TRecord, TRequest>(
        AccountsDbContext context,
        IReadOnlyList<SetItem<TRequest>> items,
        UniqueKey<TRecord> key,
        Func<TRequest, TRecord> create,
        Func<TRecord, TRequest, Error?> apply,
        Func<IReadOnlyList<TRecord>, Task> insertParts,
        CancellationToken cancellationToken)
        where TRecord : TenantEntity
    {
        var errors = new Error?[items.Count];
        var records = new TRecord[items.Count];
        for (var index = 0; index < items.Count; index++)
        {
            records[index] = create(items[index].Request);
            records[index].Stamp(context.OrganizationId, items[index].Id);
            records[index].StampUpdate(items[index].UpdatedAt);
            errors[index] = apply(records[index], items[index].Request);
        }

        var insertion = await BulkInsertion<TRecord>.RunAsync(
            context, records.Where((_, index) => errors[index] is null), key, cancellationToken);
        var refused = records.Where((_, index) => errors[index] is not null).Select(key.Of).Distinct().ToList();
        var existing = refused.Count > 0
            ? (await key.FindIdsAsync(refused, cancellationToken)).ToDictionary(found => found.Key, found => found.Id)
            : [];
        await insertParts(insertion.Created);
        var created = insertion.Created.Select(record => record.Id).ToHashSet();
        await context.InsertAllAsync(
            [.. items.Where(item => created.Contains(item.Id)).Select(item => item.Imported).OfType<ImportedRecord>()], cancellationToken);
        return
        [
            .. records.Select((record, index) => new SetItemResult(
                errors[index],
                created.Contains(record.Id) ? null
                    : errors[index] is null ? insertion.IdOf(record)
                    : existing.TryGetValue(key.Of(record), out var id) ? id
                    : null)),
        ];
    }
}
