using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Thena.Accounts.Postgres.Model;

/// <summary>Expressions that convert between the properties of entities and the values of columns, as the EF model says.</summary>
internal static class ColumnExpressions
{
    private static readonly MethodInfo IsDBNull = typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.IsDBNull))!;

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
    /// <param name="reader">The reader.</param>
    /// <param name="ordinal">The ordinal of the column.</param>
    /// <param name="property">The property.</param>
    /// <param name="isJoined">Whether the row of the column can be absent, so that the value is null even if the property is not.</param>
    public static Expression Read(Expression reader, Expression ordinal, IReadOnlyProperty property, bool isJoined = false)
    {
        var value = FromStored(Expression.Call(reader, Getter(Stored(property)), ordinal), property);
        return property.IsNullable || isJoined
            ? Expression.Condition(
                Expression.Call(reader, IsDBNull, ordinal), Expression.Default(property.ClrType), value)
            : value;
    }

    /// <summary>Reads a column of arrays, which has one value for each part of a record.</summary>
    public static Expression ReadArray(Expression reader, Expression ordinal, IReadOnlyProperty property) =>
        Expression.Call(reader, Getter(StoredInArray(property).MakeArrayType()), ordinal);

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

    /// <summary>Returns the method that reads a type, such as <c>GetGuid</c>, which .NET calls faster than a generic one.</summary>
    private static MethodInfo Getter(Type type) =>
        typeof(NpgsqlDataReader).GetMethod($"Get{type.Name}", [typeof(int)]) is { } getter && getter.ReturnType == type
            ? getter
            : typeof(NpgsqlDataReader).GetMethod(nameof(NpgsqlDataReader.GetFieldValue))!.MakeGenericMethod(type);

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
