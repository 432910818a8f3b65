using System.Linq.Expressions;
using Thena.Accounts.Core.Json;

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
        var value = Expression.Property(Expression.Constant(new QueryParameter<Ulid?>(id)), nameof(QueryParameter<Ulid?>.Value));
        return records.Where(Expression.Lambda<Func<TRecord, bool>>(Expression.Equal(column.Body, value), column.Parameters));
    }
}
