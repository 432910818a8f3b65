using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Thena.Accounts.Postgres.Model;

/// <summary>Expressions that convert between the properties of entities and the values of columns, as the EF model says.</summary>
internal static class ColumnExpressions
{
    private static readonly MethodInfo GetFieldValue = typeof(DbDataReader).GetMethod(nameof(DbDataReader.GetFieldValue))!;
    private static readonly MethodInfo IsDBNull = typeof(DbDataReader).GetMethod(nameof(DbDataReader.IsDBNull))!;

    private static readonly MethodInfo ToUtc =
        typeof(ColumnExpressions).GetMethod(nameof(InUtc), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Returns the expression of a property. The private setter of a base class is only visible on the base class.</summary>
    public static MemberExpression Get(Expression row, IReadOnlyPropertyBase property) => Get(row, property.PropertyInfo!);

    /// <inheritdoc cref="Get(Expression, IReadOnlyPropertyBase)"/>
    public static MemberExpression Get(Expression row, PropertyInfo property) =>
        Expression.Property(row, property.DeclaringType!.GetProperty(property.Name, Everything)!);

    /// <summary>Converts the value of a property to that of its column.</summary>
    public static Expression ToStored(Expression value, IReadOnlyProperty property)
    {
        if (Converter(property) is not { } converter)
        {
            return value;
        }

        var convert = converter.ConvertToProviderExpression;
        var converted = Expression.Invoke(
            convert, value.Type == convert.Parameters[0].Type ? value : Expression.Convert(value, convert.Parameters[0].Type));
        if (!property.IsNullable)
        {
            return converted;
        }

        var type = converted.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(converted.Type) : converted.Type;
        return Expression.Condition(
            Expression.Equal(value, Expression.Constant(null, value.Type)),
            Expression.Constant(null, type),
            Expression.Convert(converted, type));
    }

    /// <summary>Reads a column as the value of its property.</summary>
    public static Expression Read(Expression reader, Expression ordinal, IReadOnlyProperty property)
    {
        var value = FromStored(Expression.Call(reader, GetFieldValue.MakeGenericMethod(Stored(property)), ordinal), property);
        return property.IsNullable || property.ClrType == typeof(string)
            ? Expression.Condition(
                Expression.Call(reader, IsDBNull, ordinal), Expression.Default(property.ClrType), value)
            : value;
    }

    /// <summary>Reads a column of arrays, which has one value for each part of a record.</summary>
    public static Expression ReadArray(Expression reader, Expression ordinal, IReadOnlyProperty property) =>
        Expression.Call(reader, GetFieldValue.MakeGenericMethod(StoredInArray(property).MakeArrayType()), ordinal);

    /// <summary>Returns the expression of a value in such an array as the value of its property.</summary>
    public static Expression FromArray(Expression array, Expression index, IReadOnlyProperty property)
    {
        Expression stored = Expression.ArrayIndex(array, index);
        return !property.IsNullable
            ? FromStored(stored, property)
            : Expression.Condition(
                Expression.Equal(stored, Expression.Constant(null, stored.Type)),
                Expression.Default(property.ClrType),
                FromStored(stored.Type == Stored(property) ? stored : Expression.Convert(stored, Stored(property)), property));
    }

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static ValueConverter? Converter(IReadOnlyProperty property) => property.GetTypeMapping().Converter;

    private static Type Stored(IReadOnlyProperty property)
    {
        var stored = Converter(property)?.ProviderClrType ?? property.ClrType;
        stored = Nullable.GetUnderlyingType(stored) ?? stored;
        return stored == typeof(DateTimeOffset) ? typeof(DateTime) : stored;
    }

    private static Type StoredInArray(IReadOnlyProperty property) =>
        property.IsNullable && Stored(property) is { IsValueType: true } type ? typeof(Nullable<>).MakeGenericType(type) : Stored(property);

    /// <summary>Times are in UTC, although Npgsql does not say so of infinity.</summary>
    private static DateTimeOffset InUtc(DateTime time) => new(time.Ticks, TimeSpan.Zero);

    private static Expression FromStored(Expression value, IReadOnlyProperty property)
    {
        value = value.Type == typeof(DateTime) ? Expression.Call(ToUtc, value) : value;
        value = Converter(property) is { } converter ? Expression.Invoke(converter.ConvertFromProviderExpression, value) : value;
        return value.Type == property.ClrType ? value : Expression.Convert(value, property.ClrType);
    }
}
