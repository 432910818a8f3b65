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

        HasWritten = true;
        var ids = _statements.Read(
            _context.Tables.Of<T>().InsertSet(OrganizationId, records, property, nameof(TenantEntity.Id)),
            reader => new Ulid(reader.GetGuid(0)));
        await SendAsync();
        var inserted = ids.ToHashSet();
        List<T> created = [.. records.Where(record => inserted.Contains(record.Id))];
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

    /// <summary>Inserts rows that are no records, such as links. Rows that already exist are left as they are.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="returning">The property to return of each inserted row, an ID.</param>
    /// <returns>The values of the property, filled by <see cref="SendAsync"/>.</returns>
    public IReadOnlyList<Ulid> InsertRows<T>(IReadOnlyList<T> rows, string returning)
        where T : class, ITenantScoped => rows.Count == 0
        ? []
        : _statements.Read(
            _context.Tables.Of<T>().InsertSet(OrganizationId, rows, returning: returning), reader => new Ulid(reader.GetGuid(0)));

    /// <summary>Inserts rows that are no records. Rows that already exist are left as they are.</summary>
    public void InsertRows<T>(IReadOnlyList<T> rows)
        where T : class, ITenantScoped
    {
        if (rows.Count > 0)
        {
            _statements.Add(_context.Tables.Of<T>().InsertSet(OrganizationId, rows));
        }
    }

    /// <summary>Writes some properties of records, which do not get a new version.</summary>
    public void UpdateSet<T>(IReadOnlyList<T> records, params ReadOnlySpan<string> properties)
        where T : TenantEntity
    {
        if (records.Count > 0)
        {
            _statements.Add(_context.Tables.Of<T>().UpdateSet(OrganizationId, records, properties));
        }
    }

    /// <summary>Deletes all records of a query. They stay in their table.</summary>
    public void DeleteAll<T>(Query<T> query)
        where T : TenantEntity
    {
        var now = query.Conditions.Parameter(Stamp.Now);
        Change(query, $"deleted_at = {now}", deletes: true);
    }

    /// <summary>Sets a property of all records of a query, which get a new version.</summary>
    public void UpdateAll<T>(Query<T> query, string property, Ulid? value)
        where T : TenantEntity =>
        Change(query, $"{query.Selection.Table.ColumnOf(property)} = {query.Conditions.Parameter(value)}, {NewVersion(query)}");

    /// <summary>Gives all records of a query a new version, because something that is shown with them has changed.</summary>
    public void TouchAll<T>(Query<T> query)
        where T : TenantEntity => Change(query, NewVersion(query));

    /// <summary>
    /// Returns the SQL that sets a new version, as <see cref="TenantEntity.NextVersion"/> does. The sum of a time with a time zone and an
    /// interval depends on the settings of the session, so that Citus would not distribute it.
    /// </summary>
    private string NewVersion<T>(Query<T> query)
        where T : TenantEntity =>
        $"updated_at = greatest({query.Conditions.Parameter(Stamp.Now)}, "
        + "timezone('UTC', timezone('UTC', r.updated_at) + interval '1 millisecond'))";

    private void Change<T>(Query<T> query, string set, bool deletes = false)
        where T : TenantEntity
    {
        HasWritten = true;
        _changesReferences |= typeof(IReferenceData).IsAssignableFrom(typeof(T));
        var update = $"update {query.Selection.Table.Name} r set {set} where {query.Conditions.Sql}";
        _statements.Add(query.Conditions.CreateCommand(query.Selection.UpdateTimes?.WithTimes(update, deletes) ?? update));
    }
}
