using System.Linq.Expressions;
using Npgsql;

namespace Thena.Accounts.Postgres.Model;

/// <summary>
/// How a record is read with all that is shown with it: the columns of its table, those of <see cref="Shown"/> records, and its
/// <see cref="Parts{T}"/>.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class Selection<T>
    where T : TenantEntity
{
    private readonly Shown[] _shown;
    private readonly string _columns;
    private readonly string _joins;
    private readonly Action<NpgsqlDataReader, int, T> _readShown;

    /// <summary>Creates the selection of a table.</summary>
    public Selection(Table<T> table, Tables tables)
    {
        Table = table;
        UpdateTimes = tables.UpdateTimesOf<T>();
        _shown = Shown.Of(table.Type);
        _readShown = CompileRead();
        _columns = table.ColumnsOf("r") + string.Concat(_shown.Select(shown => $", {shown.Column}"));
        _joins = string.Concat(_shown.Select(shown => $" {shown.Join("r", isRequired: false)}"));
        Parts = [.. table.Type.GetNavigations().Where(navigation => navigation.IsCollection)
            .Select((navigation, index) => Parts<T>.Create(navigation, tables, index))];
    }

    /// <summary>The table.</summary>
    public Table<T> Table { get; }

    /// <summary>The times of change, if they are kept beside the table.</summary>
    public UpdateTimes<T>? UpdateTimes { get; }

    /// <summary>The parts of a record.</summary>
    public List<Parts<T>> Parts { get; }

    /// <summary>Whether something is shown with a record that is stored in another one.</summary>
    public bool ShowsOthers => _shown.Length > 0;

    /// <summary>Returns the SQL that selects records.</summary>
    /// <param name="rows">The rows, as a table or a subquery.</param>
    /// <param name="parts">The parts that are read too.</param>
    /// <param name="column">Further columns, each after a comma.</param>
    /// <param name="readsAll">Whether most records of the organization are read.</param>
    public string Sql(string rows, IReadOnlyList<Parts<T>> parts, string column = "", bool readsAll = false)
    {
        var (columns, joins) = (_columns, _joins);
        foreach (var part in parts)
        {
            columns += $", {part.Columns}";
            joins += $" {(readsAll ? part.JoinAll : part.JoinEach)}";
        }

        return $"select {columns}{column} from {rows} r{joins}";
    }

    /// <summary>Reads the record at which a reader stands, with the parts that were selected.</summary>
    public T Read(NpgsqlDataReader reader, Ulid organizationId, IReadOnlyList<Parts<T>> parts)
    {
        var record = Table.Read(reader, 0, organizationId);
        _readShown(reader, Table.Width, record);
        var first = Table.Width + _shown.Length;
        foreach (var part in parts)
        {
            part.Read(reader, first, record);
            first += part.Width;
        }

        return record;
    }

    /// <summary>Returns the number of characters of all texts of a record and its parts, which is about its size in memory.</summary>
    public long SizeOf(T record)
    {
        var size = Table.SizeOf(record);
        foreach (var part in Parts)
        {
            size += part.SizeOf(record);
        }

        return size;
    }

    /// <summary>Returns a copy of a record and its parts, to compare the record with it later.</summary>
    public T Copy(T record)
    {
        var copy = Table<T>.Copy(record);
        foreach (var part in Parts)
        {
            part.Copy(record, copy);
        }

        return copy;
    }

    private Action<NpgsqlDataReader, int, T> CompileRead()
    {
        var (reader, first) = (Expression.Parameter(typeof(NpgsqlDataReader)), Expression.Parameter(typeof(int)));
        var record = Expression.Parameter(typeof(T));
        Expression[] sets =
        [
            .. _shown.Select((shown, index) => shown.Assign(
                record, ColumnExpressions.Read(reader, Expression.Add(first, Expression.Constant(index)), shown.Source, isJoined: true))),
            Expression.Empty(),
        ];
        return Expression.Lambda<Action<NpgsqlDataReader, int, T>>(Expression.Block(sets), reader, first, record).Compile();
    }
}
