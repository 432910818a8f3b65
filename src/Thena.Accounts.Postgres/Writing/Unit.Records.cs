using Npgsql;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>What a unit does with single records.</summary>
public sealed partial class Unit
{
    /// <summary>Inserts a new record, which has been stamped, with its parts.</summary>
    public void Insert<T>(T record)
        where T : TenantEntity
    {
        if (_context.Origin.Record is not null)
        {
            _context.Origin.Complete(record);
            record.StampUpdate(_context.Origin.UpdatedAt);
        }

        record.StampNew(OrganizationId);
        Write(record, _context.Tables.Of<T>().Insert(OrganizationId, record));
        Add(_context.Tables.UpdateTimesOf<T>()?.Insert(OrganizationId, [record]));
        _statements.Add(_context.Tables.PartsOf<T>().Select(parts => parts.Insert(OrganizationId, [record])).OfType<NpgsqlBatchCommand>());
        if (_context.Origin.Record is { } imported)
        {
            _statements.Add(_context.Tables.Of<ImportedRecord>().Insert(OrganizationId, imported));
        }
    }

    /// <summary>
    /// Writes what has changed in a record that the unit has locked, and in its parts. If anything has, the record gets a new version.
    /// </summary>
    public void Update<T>(T record)
        where T : TenantEntity
    {
        _context.Origin.Complete(record);
        var before = (T)_tracked[record].Saved;
        List<NpgsqlBatchCommand> changes =
        [
            .. _context.Tables.PartsOf<T>().SelectMany(parts => parts.Change(OrganizationId, [(before, record)])),
        ];
        if (changes.Count == 0 && !HasChanged(record) && !_context.Origin.IsOutdated(record))
        {
            return;
        }

        Stamp.Changed(record, _tracked[record].Original);

        // An import that has written the record already keeps its version.
        if (_context.Tables.Of<T>().Update(OrganizationId, before, record) is { } update)
        {
            Write(record, update);
            Add(_context.Tables.UpdateTimesOf<T>()?.Update(OrganizationId, before, record));
        }

        _statements.Add(changes);
        Saved(record);
    }

    /// <summary>Adds an event that tells of no record that the unit writes.</summary>
    /// <param name="type">The type of the event.</param>
    /// <param name="recordId">The ID of what it tells of.</param>
    /// <param name="version">The number of the event among those with this ID.</param>
    /// <param name="payload">The payload, JSON.</param>
    /// <param name="previous">The time of the event before it with this ID, if there is one. The event gets a later one.</param>
    public void AddEvent(string type, Ulid recordId, int version, string? payload, DateTimeOffset? previous = null) =>
        _changes.Add(type, recordId, version, payload, previous);

    /// <summary>Deletes a record that the unit has locked for that. It stays in its table.</summary>
    public void Delete<T>(T record)
        where T : TenantEntity
    {
        var (before, original) = ((T)_tracked[record].Saved, _tracked[record].Original);

        // After what depended on it, which a server whose clock is ahead may have changed last.
        Stamp.Deleted(record, original, _lastDeletion);
        Write(record, _context.Tables.Of<T>().Update(OrganizationId, before, record)!);
        Add(_context.Tables.UpdateTimesOf<T>()?.Remove(OrganizationId, [record]));
    }

    private void Write(TenantEntity record, NpgsqlBatchCommand statement)
    {
        _written.Add(record);
        _statements.Add(statement);
        Note(record, _tracked.GetValueOrDefault(record)?.Original);
    }

    /// <summary>Notes that a record has been written.</summary>
    private void Note(TenantEntity record, TenantEntity? before)
    {
        HasWritten = true;
        if (record is IReferenceData)
        {
            _changesReferences = true;
            References.Remember(record);
        }

        _changes.Note(record, before);
    }

    private T Track<T>(T record)
        where T : TenantEntity
    {
        var copy = _context.Tables.SelectionOf<T>().Copy(record);
        _tracked[record] = new Tracked(copy) { Saved = copy };
        return record;
    }

    /// <summary>Notes that a record is now in the database as it is here.</summary>
    private void Saved<T>(T record)
        where T : TenantEntity => _tracked[record].Saved = _context.Tables.SelectionOf<T>().Copy(record);

    /// <summary>A record that the unit has locked.</summary>
    /// <param name="original">The record as it was before the unit.</param>
    private sealed class Tracked(TenantEntity original)
    {
        /// <summary>The record as it was before the unit.</summary>
        public TenantEntity Original => original;

        /// <summary>The record as it was when the unit wrote it last.</summary>
        public required TenantEntity Saved { get; set; }
    }
}
