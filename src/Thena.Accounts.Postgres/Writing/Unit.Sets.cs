using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>What a unit does with sets of records: in a constant number of statements, however many records there are.</summary>
public sealed partial class Unit
{
    /// <summary>
    /// Inserts new records, which have been stamped, and reads the existing record instead if its key is taken. Inserts first and locks
    /// then, both in the order of the keys, so that concurrent units cannot deadlock. Takes at most two round trips.
    /// </summary>
    /// <param name="records">The records, with distinct keys. Their parts come later, see <see cref="InsertParts"/>.</param>
    /// <param name="property">The property with the key, which is unique.</param>
    /// <param name="key">Returns the key of a record.</param>
    /// <param name="rowLock">The lock on existing records.</param>
    /// <exception cref="TransactionCollisionException">An existing record was deleted before it could be found.</exception>
    public async Task<InsertedSet<T>> InsertOrLockAsync<T>(
        IReadOnlyList<T> records, string property, Func<T, string> key, RowLock rowLock)
        where T : TenantEntity
    {
        if (records.Count == 0)
        {
            return new InsertedSet<T>([], [], key);
        }

        var ids = _statements.Read(
            _context.Tables.Of<T>().InsertMissing(OrganizationId, records, property, nameof(TenantEntity.Id)),
            reader => new Ulid(reader.GetGuid(0)));
        await SendAsync();
        var inserted = ids.ToHashSet();
        List<T> created = [.. records.Where(record => inserted.Contains(record.Id))];
        created.ForEach(record => Note(record, before: null));
        if (created.Count > 0)
        {
            Add(_context.Tables.UpdateTimesOf<T>()?.Insert(OrganizationId, created));
        }

        var byKey = created.ToDictionary(key);
        string[] taken = [.. records.Select(key).Where(text => !byKey.ContainsKey(text))];
        if (taken.Length > 0)
        {
            var found = Lock(Of<T>().WhereAny(property, taken), rowLock, property);
            await SendAsync();
            foreach (var record in found)
            {
                byKey[key(record)] = record;
            }
        }

        return byKey.Count == records.Count ? new InsertedSet<T>(created, byKey, key) : throw new TransactionCollisionException();
    }

    /// <summary>Inserts the parts of new records.</summary>
    public void InsertParts<T>(IReadOnlyCollection<T> records)
        where T : TenantEntity =>
        _statements.Add(_context.Tables.PartsOf<T>().Select(parts => parts.Insert(OrganizationId, records)).OfType<NpgsqlBatchCommand>());

    /// <summary>Inserts rows that are no records. Rows that already exist are left as they are.</summary>
    public void InsertRows<T>(IReadOnlyList<T> rows)
        where T : class, ITenantScoped
    {
        if (rows.Count > 0)
        {
            _statements.Add(_context.Tables.Of<T>().InsertMissing(OrganizationId, rows));
        }
    }

    /// <summary>Writes some properties of records, which do not get a new version, as the API does not show them.</summary>
    public void UpdateHidden<T>(IReadOnlyList<T> records, params ReadOnlySpan<string> properties)
        where T : TenantEntity
    {
        if (records.Count > 0)
        {
            HasWritten = true;
            _statements.Add(_context.Tables.Of<T>().UpdateSet(OrganizationId, records, properties));
        }
    }

    /// <summary>Locks all records of a query, to delete them. They stay in their table.</summary>
    public LockedSet DeleteAll<T>(Query<T> query)
        where T : TenantEntity => new LockedSet<T>(this, query, RowLock.Delete, nameof(TenantEntity.Id), records =>
    {
        if (records.Count > 0)
        {
            foreach (var record in records)
            {
                Stamp.Deleted(record, _tracked[record].Original);
                _lastDeletion = record.UpdatedAt > _lastDeletion ? record.UpdatedAt : _lastDeletion;
                Note(record, _tracked[record].Original);
            }

            _statements.Add(_context.Tables.Of<T>().UpdateSet(
                OrganizationId,
                records,
                [nameof(TenantEntity.DeletedAt), nameof(TenantEntity.UpdatedAt), nameof(TenantEntity.Revision)]));
            Add(_context.Tables.UpdateTimesOf<T>()?.Remove(OrganizationId, records));
        }
    });

    /// <summary>Locks all records of a query, to change them.</summary>
    /// <param name="query">The records. They no longer match it after the change.</param>
    /// <param name="change">Changes a record.</param>
    /// <param name="order">The property by which the records are locked.</param>
    /// <param name="properties">The properties that the change can set, apart from parts.</param>
    public LockedSet ChangeAll<T>(
        Query<T> query, Action<T> change, string order = nameof(TenantEntity.Id), params string[] properties)
        where T : TenantEntity => new LockedSet<T>(this, query, RowLock.Change, order, records =>
    {
        foreach (var record in records)
        {
            change(record);
        }

        UpdateAll(records, properties);
    });

    /// <summary>Writes what has changed in records that the unit has locked, in a constant number of statements.</summary>
    /// <param name="records">The records. Those that have changed get a new version.</param>
    /// <param name="properties">The properties that can have changed, apart from parts.</param>
    public void UpdateAll<T>(IReadOnlyList<T> records, params ReadOnlySpan<string> properties)
        where T : TenantEntity
    {
        var parts = _context.Tables.PartsOf<T>();
        List<T> changed = [.. records.Where(record =>
            HasChanged(record) || parts.Any(part => part.HasChanged((T)_tracked[record].Saved, record)))];
        if (changed.Count == 0)
        {
            return;
        }

        List<(T Before, T Record)> pairs = changed.ConvertAll(record => ((T)_tracked[record].Saved, record));
        foreach (var record in changed)
        {
            Stamp.Changed(record, _tracked[record].Original);
            Note(record, _tracked[record].Original);
        }

        _statements.Add(_context.Tables.Of<T>().UpdateSet(
            OrganizationId, changed, [.. properties, nameof(TenantEntity.UpdatedAt), nameof(TenantEntity.Revision)]));
        Add(_context.Tables.UpdateTimesOf<T>()?.UpdateSet(OrganizationId, changed));
        _statements.Add(parts.SelectMany(part => part.Change(OrganizationId, pairs)).ToList());
        changed.ForEach(Saved);
    }

    /// <summary>Writes the changes of a portion of a large set, and forgets its records.</summary>
    internal void WriteChanges(IEnumerable<TenantEntity> records)
    {
        MakeChanges();
        _statements.Add(_changes.Statements(_context.Tables, OrganizationId).ToList());
        _changes.Forget();
        foreach (var record in records)
        {
            _tracked.Remove(record);
        }
    }
}
