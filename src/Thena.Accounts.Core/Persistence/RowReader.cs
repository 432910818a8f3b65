using System.Collections.Concurrent;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Compiles functions that read entities and projections from a data reader, following the mapping of the model.</summary>
internal static class RowReader
{
    private static readonly MethodInfo GetFieldValue = typeof(DbDataReader).GetMethod(nameof(DbDataReader.GetFieldValue))!;
    private static readonly MethodInfo IsDBNull = typeof(DbDataReader).GetMethod(nameof(DbDataReader.IsDBNull))!;
    private static readonly MethodInfo GetOrdinal = typeof(DbDataReader).GetMethod(nameof(DbDataReader.GetOrdinal))!;
    private static readonly ConcurrentDictionary<(IModel Model, Type Entity), Delegate> OfEntities = new();
    private static readonly ConcurrentDictionary<(
        IModel Model, Type Entity, ConstructorInfo Row, string Members), Delegate> OfProjections = new();

    /// <summary>Returns a function that reads a whole entity. It finds the columns by name.</summary>
    public static Func<DbDataReader, TEntity> OfEntity<TEntity>(IModel model)
        where TEntity : class => (Func<DbDataReader, TEntity>)OfEntities.GetOrAdd((model, typeof(TEntity)), key =>
        {
            var reader = Expression.Parameter(typeof(DbDataReader));
            var entity = Expression.Variable(typeof(TEntity));
            List<Expression> body = [Expression.Assign(entity, Expression.New(typeof(TEntity)))];
            foreach (var property in key.Model.FindEntityType(key.Entity)!.GetProperties())
            {
                var ordinal = Expression.Call(reader, GetOrdinal, Expression.Constant(property.GetColumnName()));
                // The private setter of a base class is only visible on the base class.
                var member = property.PropertyInfo!.DeclaringType!.GetProperty(property.Name)!;
                body.Add(Expression.Assign(Expression.Property(entity, member), Column(property, reader, ordinal)));
            }

            body.Add(entity);
            return Expression.Lambda<Func<DbDataReader, TEntity>>(Expression.Block([entity], body), reader).Compile();
        });

    /// <summary>Returns a function that reads a row of a projection. Columns must be in the order of the constructor's arguments.</summary>
    public static Func<DbDataReader, TRow> OfProjection<TEntity, TRow>(IModel model, Expression<Func<TEntity, TRow>> projection)
    {
        var call = (NewExpression)projection.Body;
        var members = call.Arguments.Select(argument => ((MemberExpression)argument).Member).ToArray();
        var key = (model, typeof(TEntity), call.Constructor!, string.Join(',', members.Select(member => member.Name)));
        return (Func<DbDataReader, TRow>)OfProjections.GetOrAdd(key, _ =>
        {
            var type = model.FindEntityType(typeof(TEntity))!;
            var reader = Expression.Parameter(typeof(DbDataReader));
            var arguments = members.Select((member, index) => Column(type.FindProperty(member)!, reader, Expression.Constant(index)));
            return Expression.Lambda<Func<DbDataReader, TRow>>(Expression.New(call.Constructor!, arguments), reader).Compile();
        });
    }

    private static Expression Column(IProperty property, Expression reader, Expression ordinal)
    {
        var converter = property.GetTypeMapping().Converter;
        var stored = converter?.ProviderClrType ?? property.ClrType;
        Expression value = Expression.Call(reader, GetFieldValue.MakeGenericMethod(Nullable.GetUnderlyingType(stored) ?? stored), ordinal);
        value = converter is null ? value : Expression.Invoke(converter.ConvertFromProviderExpression, value);
        value = value.Type == property.ClrType ? value : Expression.Convert(value, property.ClrType);
        return property.IsNullable
            ? Expression.Condition(Expression.Call(reader, IsDBNull, ordinal), Expression.Default(property.ClrType), value)
            : value;
    }
}
