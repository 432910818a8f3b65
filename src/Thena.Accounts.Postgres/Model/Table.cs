using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Thena.Accounts.Postgres.Model;

/// <summary>
/// A table, made once from the EF model, which is its only description: how a row becomes an entity, and an entity a row. Every statement
/// names the organization as its first parameter.
/// </summary>
/// <typeparam name="T">The entity.</typeparam>
public sealed class Table<T>
    where T : class, ITenantScoped
{
    private static readonly Func<T, object> Clone = typeof(object)
        .GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!
        .CreateDelegate<Func<T, object>>();

    private readonly Column<T>[] _columns;
    private readonly Column<T>[] _read;
    private readonly Column<T>[] _key;
    private readonly Column<T>[] _values;
    private readonly Func<NpgsqlDataReader, int, Ulid, T> _readRow;
    private readonly Func<T, long> _sizeOf;
    private readonly string _insert;
    private readonly string _insertSet;
    private readonly string _names;

    internal Table(IEntityType type)
    {
        Type = type;
        Name = type.GetTableName()!;
        _columns = [.. type.GetProperties()
            .Where(property => property.Name != nameof(ITenantScoped.OrganizationId))
            .Select(property => new Column<T>(property))];
        _read = [.. _columns.Where(column => !column.IsDerived)];
        _key = [.. _columns.Where(column => column.Property.IsPrimaryKey())];
        _values = [.. _columns.Except(_key)];
        _readRow = CompileRead();
        _names = string.Join(", ", _columns.Select(column => column.Name));
        _sizeOf = CompileSize();
        var places = _columns.Select((_, index) => Place(index + 2));
        var arrays = _columns.Select((column, index) => $"{Place(index + 2)}::{column.StoreType}[]");
        _insert = $"insert into {Name} (organization_id, {_names}) values ($1, {string.Join(", ", places)})";
        _insertSet = $"""
            insert into {Name} (organization_id, {_names})
            select $1, rows.* from unnest({string.Join(", ", arrays)})
                as rows ({_names})
            """;
    }

    /// <summary>The name of the table.</summary>
    public string Name { get; }

    /// <summary>The description in the EF model.</summary>
    internal IEntityType Type { get; }

    /// <summary>The number of columns that <see cref="ColumnsOf"/> lists.</summary>
    internal int Width => _read.Length;

    /// <summary>Returns the columns that <see cref="Read"/> reads, qualified with an alias.</summary>
    internal string ColumnsOf(string alias) => string.Join(", ", _read.Select(column => $"{alias}.{column.Name}"));

    /// <summary>Returns all columns but the organization and those of some properties, qualified with an alias.</summary>
    internal string ColumnsExcept(string alias, params string[] properties) => string.Join(
        ", ", _columns.Where(column => !properties.Contains(column.Property.Name)).Select(column => $"{alias}.{column.Name}"));

    /// <summary>Returns the name of the column of a property.</summary>
    internal string ColumnOf(string property) => Type.FindProperty(property)?.GetColumnName()
        ?? throw new ArgumentException($"{typeof(T).Name} has no column for {property}.", nameof(property));

    /// <summary>Reads the row at which a reader stands.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="first">The ordinal of the first column of <see cref="ColumnsOf"/>.</param>
    /// <param name="organizationId">The organization, which is not read.</param>
    internal T Read(NpgsqlDataReader reader, int first, Ulid organizationId) => _readRow(reader, first, organizationId);

    /// <summary>Returns the number of characters of all texts of a row, which is about its size in memory.</summary>
    internal long SizeOf(T row) => _sizeOf(row);

    /// <summary>Returns a parameter with a value of a property.</summary>
    internal NpgsqlParameter ToParameter(string property, object? value)
    {
        var column = Array.Find(_columns, candidate => candidate.Property.Name == property)!;
        var converter = column.Property.GetTypeMapping().Converter;
        return new NpgsqlParameter
        {
            Value = (converter is null ? value : converter.ConvertToProvider(value)) ?? DBNull.Value,
            NpgsqlDbType = StoreTypes.Of(column.StoreType),
        };
    }

    /// <summary>Returns a copy of a row, to compare it with the row later. Both share the lists of parts.</summary>
    internal static T Copy(T row) => (T)Clone(row);

    /// <summary>Returns the statement that inserts a row.</summary>
    internal NpgsqlBatchCommand Insert(Ulid organizationId, T row) =>
        Command(_insert, organizationId, _columns.Select(column => column.ToParameter(row)));

    /// <summary>Returns the statement that inserts rows, one array a column. None of them may exist.</summary>
    internal NpgsqlBatchCommand InsertSet(Ulid organizationId, IReadOnlyCollection<T> rows) => InsertSet(organizationId, rows, "");

    /// <summary>
    /// Returns the statement that inserts rows, one array a column. Rows that would violate a unique index are left out. That makes
    /// PostgreSQL insert each row in two steps, which takes half as long again.
    /// </summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="order">The property that orders the insertion. All writers use the same one, to prevent deadlocks.</param>
    /// <param name="returning">The property that the statement returns of each inserted row, if it returns any.</param>
    internal NpgsqlBatchCommand InsertMissing(
        Ulid organizationId, IReadOnlyCollection<T> rows, string? order = null, string? returning = null)
    {
        var ordered = order is null ? "" : $" order by {ColumnOf(order)}";
        var returned = returning is null ? "" : $" returning {ColumnOf(returning)}";
        return InsertSet(organizationId, rows, $"{ordered} on conflict do nothing{returned}");
    }

    /// <summary>Returns the statement that writes the columns in which a row differs from its copy, or null if there are none.</summary>
    internal NpgsqlBatchCommand? Update(Ulid organizationId, T before, T row)
    {
        Column<T>[] changed = [.. _values.Where(column => !column.AreEqual(before, row))];
        if (changed.Length == 0)
        {
            return null;
        }

        var sets = changed.Select((column, index) => $"{column.Name} = {Place(index + _key.Length + 2)}");
        return Command(
            $"update {Name} set {string.Join(", ", sets)} where {KeyCondition}",
            organizationId,
            _key.Concat(changed).Select(column => column.ToParameter(row)));
    }

    /// <summary>Returns the statement that writes some properties of rows, one array a column.</summary>
    internal NpgsqlBatchCommand UpdateSet(Ulid organizationId, IReadOnlyList<T> rows, ReadOnlySpan<string> properties)
    {
        T[] all = [.. rows];
        List<Column<T>> columns = [.. _key];
        foreach (var property in properties)
        {
            columns.Add(_columns.Single(column => column.Property.Name == property));
        }

        var sets = columns.Skip(_key.Length).Select(column => $"{column.Name} = u.{column.Name}");
        return Command(
            $"""
            update {Name} r set {string.Join(", ", sets)}
            from {Unnest(columns)}
            where {OfOrganization(organizationId)} and {SameKey}
            """,
            organizationId,
            columns.Select(column => column.ToArray(all)));
    }

    /// <summary>Whether a row differs from its copy.</summary>
    internal bool HasChanged(T before, T row) => Array.Exists(_values, column => !column.AreEqual(before, row));

    /// <summary>Returns the statement that removes a row for good.</summary>
    internal NpgsqlBatchCommand Remove(Ulid organizationId, T row) => Command(
        $"delete from {Name} where {KeyCondition}", organizationId, _key.Select(column => column.ToParameter(row)));

    /// <summary>Returns the statement that removes rows for good, one array a column of the key.</summary>
    internal NpgsqlBatchCommand RemoveSet(Ulid organizationId, IReadOnlyList<T> rows)
    {
        T[] all = [.. rows];
        return Command(
            $"delete from {Name} r using {Unnest(_key)} where {OfOrganization(organizationId)} and {SameKey}",
            organizationId,
            _key.Select(column => column.ToArray(all)));
    }

    /// <summary>Whether two rows have the same key.</summary>
    internal bool HaveSameKey(T row, T other) => Array.TrueForAll(_key, column => column.AreEqual(row, other));

    /// <summary>Returns the statement that finds the living record that has the same values of a unique index as another one.</summary>
    internal NpgsqlBatchCommand FindOther(Ulid organizationId, string index, T row)
    {
        Column<T>[] unique =
        [
            .. Type.GetIndexes().Single(candidate => candidate.GetDatabaseName() == index).Properties.Skip(1)
                .Select(property => _columns.Single(column => column.Property == property)),
        ];
        var conditions = unique.Select((column, position) => $"{column.Name} = {Place(position + 3)}");
        return Command(
            $"select id from {Name} where organization_id = $1 and id <> $2 and deleted_at is null and {string.Join(" and ", conditions)}",
            organizationId,
            _key.Concat(unique).Select(column => column.ToParameter(row)));
    }

    /// <summary>Returns the rows of a set, called <c>u</c>, whose columns are the parameters from <c>$2</c>.</summary>
    private NpgsqlBatchCommand InsertSet(Ulid organizationId, IReadOnlyCollection<T> rows, string ending)
    {
        T[] all = [.. rows];
        return Command($"{_insertSet}{ending}", organizationId, _columns.Select(column => column.ToArray(all)));
    }

    private static string Unnest(IReadOnlyList<Column<T>> columns)
    {
        var arrays = columns.Select((column, index) => $"{Place(index + 2)}::{column.StoreType}[]");
        return $"unnest({string.Join(", ", arrays)}) as u ({string.Join(", ", columns.Select(column => column.Name))})";
    }

    /// <summary>
    /// Restricts a change of a set to an organization. Also names it as a constant: PostgreSQL may plan a prepared statement without its
    /// parameters, and Citus then does not find the node of a change that joins a set.
    /// </summary>
    private static string OfOrganization(Ulid organizationId) =>
        $"r.organization_id = $1 and r.organization_id = '{organizationId.ToGuid()}'";

    private string SameKey => string.Join(" and ", _key.Select(column => $"r.{column.Name} = u.{column.Name}"));

    private string KeyCondition =>
        "organization_id = $1 and " + string.Join(" and ", _key.Select((column, index) => $"{column.Name} = {Place(index + 2)}"));

    private static string Place(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");

    private static NpgsqlBatchCommand Command(string sql, Ulid organizationId, IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() });
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private Func<NpgsqlDataReader, int, Ulid, T> CompileRead()
    {
        var reader = Expression.Parameter(typeof(NpgsqlDataReader));
        var first = Expression.Parameter(typeof(int));
        var organization = Expression.Parameter(typeof(Ulid));
        var row = Expression.Variable(typeof(T));
        List<Expression> body =
        [
            Expression.Assign(row, Expression.New(typeof(T))),
            Expression.Assign(
                ColumnExpressions.Get(row, Type.FindProperty(nameof(ITenantScoped.OrganizationId))!), organization),
        ];
        body.AddRange(_read.Select((column, index) => Expression.Assign(
            ColumnExpressions.Get(row, column.Property),
            ColumnExpressions.Read(reader, Expression.Add(first, Expression.Constant(index)), column.Property))));
        body.Add(row);
        return Expression
            .Lambda<Func<NpgsqlDataReader, int, Ulid, T>>(Expression.Block([row], body), reader, first, organization)
            .Compile();
    }

    private Func<T, long> CompileSize()
    {
        var row = Expression.Parameter(typeof(T));
        Expression size = Expression.Constant(0L);
        foreach (var column in _read.Where(column => column.Property.ClrType == typeof(string) || column.StoreType == "json"))
        {
            Expression value = ColumnExpressions.Get(row, column.Property);
            value = value.Type == typeof(string) ? value : Expression.Call(value, nameof(ToString), System.Type.EmptyTypes);
            var length = Expression.Condition(
                Expression.Equal(value, Expression.Constant(null, typeof(string))),
                Expression.Constant(0),
                Expression.Property(value, nameof(string.Length)));
            size = Expression.Add(size, Expression.Convert(length, typeof(long)));
        }

        return Expression.Lambda<Func<T, long>>(size, row).Compile();
    }
}
