using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Bulk;

/// <summary>A record to create as one of a set, whose other records are created even if this one is refused.</summary>
/// <typeparam name="TRequest">The type of the request.</typeparam>
/// <param name="Request">The request, which has passed its validator.</param>
/// <param name="Id">The ID of the new record. Its timestamp is the time of creation.</param>
/// <param name="UpdatedAt">The time of the last change.</param>
/// <param name="Imported">Remembers where the record comes from, if it is a copy of a record elsewhere.</param>
public sealed record SetItem<TRequest>(TRequest Request, Ulid Id, DateTimeOffset UpdatedAt, ImportedRecord? Imported);

/// <summary>What has become of an item of a set.</summary>
/// <param name="Error">The error that refuses the record, or <see langword="null"/>.</param>
/// <param name="ExistingId">
/// The ID of the record that has the same key already, or <see langword="null"/>. It is also given if the record is refused, perhaps for a
/// reason that does not matter to the existing one.
/// </param>
public sealed record SetItemResult(Error? Error, Ulid? ExistingId);

/// <summary>Creates the records of a set in a constant number of round trips. Refuses them one by one.</summary>
internal static class SetCreation
{
    /// <summary>Creates the records.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="items">The records to create.</param>
    /// <param name="property">The property with the key, which is unique.</param>
    /// <param name="key">Returns the key of a record.</param>
    /// <param name="create">Creates a record from a request, without its references.</param>
    /// <param name="apply">Applies a request to a stamped record. Returns the error that refuses it, or <see langword="null"/>.</param>
    /// <param name="insertPartsAsync">Inserts the parts of the records that were created.</param>
    /// <returns>The results, in the order of the items.</returns>
    public static async Task<SetItemResult[]> RunAsync<T, TRequest>(
        Unit unit,
        IReadOnlyList<SetItem<TRequest>> items,
        string property,
        Func<T, string> key,
        Func<TRequest, T> create,
        Func<T, TRequest, Error?> apply,
        Func<IReadOnlyList<T>, Task> insertPartsAsync)
        where T : TenantEntity
    {
        var errors = new Error?[items.Count];
        var records = new T[items.Count];
        for (var index = 0; index < items.Count; index++)
        {
            records[index] = unit.Stamp.New(create(items[index].Request), items[index].Id, items[index].UpdatedAt);
            errors[index] = apply(records[index], items[index].Request);
        }

        var inserted = await unit.InsertOrLockAsync(
            [.. records.Where((_, index) => errors[index] is null).DistinctBy(key)], property, key, RowLock.None);
        var refused = records.Where((_, index) => errors[index] is not null).Select(key).Distinct().ToList();
        var existing = refused.Count > 0 ? unit.Lock(unit.Of<T>().WhereAny(property, refused), RowLock.None) : [];
        await insertPartsAsync(inserted.Created);
        unit.InsertRows<ImportedRecord>(
            [.. items.Where((_, index) => inserted.HasCreated(records[index])).Select(item => item.Imported).OfType<ImportedRecord>()]);
        await unit.SendAsync();
        var existingOfKey = existing.ToDictionary(key, record => record.Id);
        return
        [
            .. records.Select((record, index) => new SetItemResult(
                errors[index],
                inserted.HasCreated(record) ? null
                    : errors[index] is null ? inserted.WithKeyOf(record).Id
                    : existingOfKey.TryGetValue(key(record), out var id) ? id
                    : null)),
        ];
    }
}
