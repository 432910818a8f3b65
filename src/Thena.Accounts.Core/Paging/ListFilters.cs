using System.Linq.Expressions;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Paging;

/// <summary>The filters that lists share. One that is not given leaves the list as it is; one that names nothing leaves nothing.</summary>
internal static class ListFilters
{
    /// <summary>The records that refer to another, or have an id.</summary>
    /// <param name="records">The records.</param>
    /// <param name="reference">The id, as the client wrote it.</param>
    /// <param name="column">The reference.</param>
    public static IQueryable<TRecord> WithId<TRecord>(
        this IQueryable<TRecord> records, string? reference, Expression<Func<TRecord, Ulid?>> column) =>
        reference is null ? records : records.WithId(WireFormat.IdOrNone(reference), column);

    /// <summary>The records that refer to another.</summary>
    public static IQueryable<TRecord> WithId<TRecord>(this IQueryable<TRecord> records, Ulid id, Expression<Func<TRecord, Ulid?>> column)
    {
        var value = Expression.Property(Expression.Constant(new Parsed<Ulid?>(id)), nameof(Parsed<Ulid?>.Value));
        return records.Where(Expression.Lambda<Func<TRecord, bool>>(Expression.Equal(column.Body, value), column.Parameters));
    }

    /// <summary>The records with a value of a pick list, named by id or by value.</summary>
    /// <param name="records">The records.</param>
    /// <param name="context">The database.</param>
    /// <param name="kind">The pick list.</param>
    /// <param name="reference">The value, as the client wrote it.</param>
    /// <param name="column">The reference to the value.</param>
    public static IQueryable<TRecord> WithValue<TRecord>(
        this IQueryable<TRecord> records,
        AccountsDbContext context,
        AttributeKind kind,
        string? reference,
        Expression<Func<TRecord, Ulid?>> column)
    {
        if (reference is null)
        {
            return records;
        }

        var named = context.AttributeValues.Named(kind, reference);
        var contains = Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(Ulid?)], named.Expression, column.Body);
        return records.Where(Expression.Lambda<Func<TRecord, bool>>(contains, column.Parameters));
    }
}
