using System.Runtime.CompilerServices;
using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.ReferenceData;

/// <summary>
/// The reference data of an organization for one use: the only way an ID becomes a name. It holds all of them, from memory, or only those
/// that have been asked for, if an organization has too many. Then the first answers may be "none": the use reads what was missing and
/// starts again.
/// </summary>
public sealed class References
{
    private readonly ReferenceCopy? _whole;
    private readonly Dictionary<Type, ReferenceRows> _rows;
    private readonly Dictionary<Ulid, TenantEntity> _written = [];
    private Guid? _version;
    private bool _hasMissed;

    private References(ReferenceCopy? whole, Dictionary<Type, ReferenceRows> rows) => (_whole, _rows) = (whole, rows);

    /// <summary>The version of the oldest of the data, so that a check of it covers all of them.</summary>
    internal Guid Version => _version ?? Guid.Empty;

    /// <summary>The copy that all uses share, or null if only what is asked for is read.</summary>
    internal ReferenceCopy? Whole => _whole;

    /// <summary>Whether anything was asked for, so that a decision may depend on the data.</summary>
    internal bool IsUsed { get; private set; }

    /// <summary>
    /// Whether something was asked for that is not here: a row that is newer than the copy, or one that still has to be read.
    /// </summary>
    internal bool HasMissed => _whole is null ? _rows.Values.Any(rows => rows.HasMissing) : _hasMissed;

    /// <summary>Returns the record with an ID, unless it is deleted. Null for null.</summary>
    public T? Get<T>(Ulid? id)
        where T : TenantEntity, IReferenceData
    {
        if (id is not { } given)
        {
            return null;
        }

        if (_written.Count > 0 && _written.TryGetValue(given, out var written))
        {
            return (T)written;
        }

        var rows = Use<T>();
        if (rows.Get(given) is { } row)
        {
            return row.DeletedAt is null ? row : null;
        }

        _hasMissed = true;
        if (_whole is null)
        {
            rows.AddMissing(given);
        }

        return null;
    }

    /// <summary>
    /// Returns the record with an ID that a client has written, unless it is deleted. An ID that is not in memory is taken for one that
    /// does not exist: the check of the version decides.
    /// </summary>
    public T? Find<T>(Ulid id)
        where T : TenantEntity, IReferenceData
    {
        var rows = Use<T>();
        if (_whole is null && rows.Get(id) is null)
        {
            rows.AddMissing(id);
        }

        return rows.Get(id) is { DeletedAt: null } row ? row : null;
    }

    /// <summary>Returns the living records with a key, oldest first.</summary>
    public IReadOnlyList<T> Find<T>(ReferenceKey<T> key, ITuple value)
        where T : TenantEntity, IReferenceData
    {
        var rows = Use<T>();
        if (_whole is null)
        {
            rows.AddMissing(key, value);
        }

        return rows.Find(key, value);
    }

    /// <summary>Remembers a record that the use has written, which nobody else sees yet.</summary>
    internal void Remember(TenantEntity record) => _written[record.Id] = record;

    /// <summary>Forgets what an earlier attempt has written.</summary>
    internal void ForgetWritten() => _written.Clear();

    /// <summary>Whether the organization may have records of a kind.</summary>
    internal bool MayHave(Type type)
    {
        IsUsed |= _whole is not null;
        return _whole is null || _rows[type].Count > 0;
    }

    /// <summary>Starts a use of a copy that other uses share.</summary>
    internal static References FromCopy(ReferenceCopy copy) => new(copy, copy.Rows) { _version = copy.Version };

    /// <summary>Starts a use that reads only what is asked for.</summary>
    internal static References FromTables(Tables tables) =>
        new(whole: null, tables.ReferenceTypes.ToDictionary(type => type, type => ReferenceRows.Create(type, tables)));

    /// <summary>Reads what is missing, in one round trip.</summary>
    internal async Task ReadMissingAsync(NpgsqlConnection connection, Ulid organizationId, CancellationToken cancellationToken)
    {
        var statements = new Statements();
        var versions = statements.Read(ReferenceVersion.CreateSelect(organizationId), reader => reader.GetGuid(0));
        foreach (var rows in _rows.Values)
        {
            foreach (var statement in rows.SelectMissing(organizationId))
            {
                statements.Read(statement, reader => rows.Read(reader, organizationId));
            }
        }

        await statements.SendAsync(connection, connection.CommandTimeout, cancellationToken);
        _version ??= ReferenceVersion.Of(versions);
        foreach (var rows in _rows.Values)
        {
            rows.ForgetMissing();
        }
    }

    private ReferenceRows<T> Use<T>()
        where T : TenantEntity, IReferenceData
    {
        IsUsed = true;
        return (ReferenceRows<T>)_rows[typeof(T)];
    }
}
