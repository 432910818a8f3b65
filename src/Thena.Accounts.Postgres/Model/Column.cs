using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace Thena.Accounts.Postgres.Model;

/// <summary>A column of a table, with compiled code that moves its values between rows, parameters and readers.</summary>
/// <typeparam name="T">The entity of the table.</typeparam>
internal sealed class Column<T>
{
    private readonly Func<T, NpgsqlParameter> _toParameter;
    private readonly Func<T[], NpgsqlParameter> _toArray;
    private readonly Func<T, T, bool> _areEqual;

    /// <summary>Compiles the code for a property of the EF model.</summary>
    public Column(IProperty property)
    {
        Property = property;
        Name = property.GetColumnName();
        StoreType = property.GetRelationalTypeMapping().StoreTypeNameBase;

        // A value that is derived from other properties has no field, so it needs no reading.
        IsDerived = property.FieldInfo is null;
        var row = Expression.Parameter(typeof(T));
        var value = ColumnExpressions.ToStored(ColumnExpressions.Get(row, property), property);
        (_toParameter, _toArray) = ((Func<T, NpgsqlParameter>, Func<T[], NpgsqlParameter>))typeof(Column<T>)
            .GetMethod(nameof(CreateParameters), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(value.Type)
            .Invoke(null, [Expression.Lambda(value, row).Compile(), StoreType])!;
        var other = Expression.Parameter(typeof(T));
        var equal = property.GetValueComparer().EqualsExpression;
        _areEqual = Expression.Lambda<Func<T, T, bool>>(
            Expression.Invoke(equal, [.. new[] { row, other }.Zip(
                equal.Parameters,
                (side, parameter) => Expression.Convert(ColumnExpressions.Get(side, property), parameter.Type))]),
            row,
            other).Compile();
    }

    /// <summary>The property of the EF model.</summary>
    public IProperty Property { get; }

    /// <summary>The name in the database.</summary>
    public string Name { get; }

    /// <summary>The type in the database, without its size.</summary>
    public string StoreType { get; }

    /// <summary>Whether the value is derived from other properties, so that it is written but never read.</summary>
    public bool IsDerived { get; }

    /// <summary>Returns a parameter with the value of a row.</summary>
    public NpgsqlParameter ToParameter(T row) => _toParameter(row);

    /// <summary>Returns a parameter with the values of all rows, as an array.</summary>
    public NpgsqlParameter ToArray(T[] rows) => _toArray(rows);

    /// <summary>Whether two rows have the same value.</summary>
    public bool AreEqual(T row, T other) => _areEqual(row, other);

    private static (Func<T, NpgsqlParameter> One, Func<T[], NpgsqlParameter> Many) CreateParameters<TValue>(
        Func<T, TValue> read, string storeType)
    {
        var type = StoreTypes.Of(storeType);
        return (
            row => read(row) is { } value
                ? new NpgsqlParameter<TValue> { TypedValue = value, NpgsqlDbType = type }
                : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type },
            rows => new NpgsqlParameter<TValue[]>
            {
                TypedValue = Array.ConvertAll(rows, row => read(row)),
                NpgsqlDbType = NpgsqlDbType.Array | type,
            });
    }
}
