using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.ReferenceData;

/// <summary>
/// The reference data of one kind and organization: rows by ID, and by keys. Includes deleted rows, which some records show.
/// </summary>
internal abstract class ReferenceRows
{
    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Creates the statement for all rows of an organization, up to a number.</summary>
    public abstract NpgsqlBatchCommand SelectAll(Ulid organizationId, int limit);

    /// <summary>Creates the statements for the rows that have been asked for but are not here.</summary>
    public abstract IEnumerable<NpgsqlBatchCommand> SelectMissing(Ulid organizationId);

    /// <summary>Reads the row of one of these statements at which a reader stands.</summary>
    public abstract void Read(NpgsqlDataReader reader, Ulid organizationId);

    /// <summary>Whether rows have been asked for that are not here.</summary>
    public abstract bool HasMissing { get; }

    /// <summary>Forgets what has been asked for, after it has been read: what is still not here does not exist.</summary>
    public abstract void ForgetMissing();

    /// <summary>Creates rows that hold nothing yet.</summary>
    public static ReferenceRows Create(Type type, Tables tables) =>
        (ReferenceRows)Activator.CreateInstance(typeof(ReferenceRows<>).MakeGenericType(type), tables)!;
}

/// <inheritdoc/>
internal sealed class ReferenceRows<T>(Tables tables) : ReferenceRows
    where T : TenantEntity, IReferenceData
{
    private readonly Table<T> _table = tables.Of<T>();
    private readonly Dictionary<Ulid, T> _byId = [];
    private readonly ConcurrentDictionary<ReferenceKey<T>, Dictionary<ITuple, List<T>>> _byKey = new();
    private readonly HashSet<Ulid> _missingIds = [];
    private readonly HashSet<Ulid> _absentIds = [];
    private readonly HashSet<(ReferenceKey<T> Key, ITuple Value)> _missingKeys = [];
    private readonly HashSet<(ReferenceKey<T> Key, ITuple Value)> _readKeys = [];

    /// <inheritdoc/>
    public override int Count => _byId.Count;

    /// <inheritdoc/>
    public override bool HasMissing => _missingIds.Count > 0 || _missingKeys.Count > 0;

    /// <summary>Returns the row with an ID, even if it is deleted; null if there is none.</summary>
    public T? Get(Ulid id) => _byId.GetValueOrDefault(id);

    /// <summary>Returns the living rows with a key.</summary>
    public IReadOnlyList<T> Find(ReferenceKey<T> key, ITuple value) =>
        _byKey.GetOrAdd(key, Group).GetValueOrDefault(value) ?? (IReadOnlyList<T>)[];

    /// <summary>Remembers that the row with an ID has to be read, unless that was tried.</summary>
    public void AddMissing(Ulid id)
    {
        if (!_absentIds.Contains(id))
        {
            _missingIds.Add(id);
        }
    }

    /// <summary>Remembers that the rows with a key have to be read, unless they have been.</summary>
    public void AddMissing(ReferenceKey<T> key, ITuple value)
    {
        if (!_readKeys.Contains((key, value)))
        {
            _missingKeys.Add((key, value));
        }
    }

    /// <inheritdoc/>
    public override NpgsqlBatchCommand SelectAll(Ulid organizationId, int limit) => Select(
        organizationId, string.Create(CultureInfo.InvariantCulture, $"true limit {limit}"));

    /// <inheritdoc/>
    public override IEnumerable<NpgsqlBatchCommand> SelectMissing(Ulid organizationId)
    {
        if (_missingIds.Count > 0)
        {
            yield return Select(
                organizationId,
                "r.id = any($2)",
                new NpgsqlParameter<Guid[]> { TypedValue = [.. _missingIds.Select(id => id.ToGuid())] });
        }

        foreach (var (key, value) in _missingKeys)
        {
            var conditions = key.Properties.Select((property, index) => string.Create(
                CultureInfo.InvariantCulture, $"r.{_table.ColumnOf(property)} = ${index + 2}"));
            yield return Select(
                organizationId,
                $"r.deleted_at is null and {string.Join(" and ", conditions)}",
                [.. key.Properties.Select((property, index) => _table.ToParameter(property, value[index]))]);
        }
    }

    /// <inheritdoc/>
    public override void Read(NpgsqlDataReader reader, Ulid organizationId)
    {
        var row = _table.Read(reader, 0, organizationId);
        _byId[row.Id] = row;
    }

    /// <inheritdoc/>
    public override void ForgetMissing()
    {
        _absentIds.UnionWith(_missingIds.Where(id => !_byId.ContainsKey(id)));
        _readKeys.UnionWith(_missingKeys);
        _missingIds.Clear();
        _missingKeys.Clear();
        _byKey.Clear();
    }

    private NpgsqlBatchCommand Select(Ulid organizationId, string condition, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(
            $"select {_table.ColumnsOf("r")} from {_table.Name} r where r.organization_id = $1 and {condition}");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() });
        Array.ForEach(parameters, parameter => command.Parameters.Add(parameter));
        return command;
    }

    private Dictionary<ITuple, List<T>> Group(ReferenceKey<T> key) => _byId.Values
        .Where(row => row.DeletedAt is null)
        .GroupBy(key.Of)
        .ToDictionary(rows => rows.Key, rows => rows.OrderBy(row => row.Id).ToList());
}
