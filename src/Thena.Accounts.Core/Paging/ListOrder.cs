using System.Linq.Expressions;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Paging;

/// <summary>An order of a list: a column, then the id, newest first. It can start behind any row.</summary>
/// <typeparam name="TRecord">The records.</typeparam>
/// <typeparam name="TRow">What they are shown as.</typeparam>
/// <param name="name">The order's name, which cursors carry.</param>
/// <param name="apply">Orders the records, those behind the cursor only.</param>
/// <param name="key">The text form of a row's value in the column.</param>
internal sealed class ListOrder<TRecord, TRow>(
    string name, Func<IQueryable<TRecord>, Cursor?, IQueryable<TRecord>?> apply, Func<TRow, string> key)
    where TRecord : TenantEntity
{
    /// <summary>Newest first, which every list is unless another order is asked for.</summary>
    public static ListOrder<TRecord, TRow> Newest { get; } = ById(descending: true);

    /// <summary>In order of creation.</summary>
    public static ListOrder<TRecord, TRow> ById(bool descending) => new(
        descending ? "-id" : "id",
        (records, cursor) =>
        {
            var from = cursor?.Id ?? default;
            return (cursor, descending) switch
            {
                (null, true) => records.OrderByDescending(record => record.Id),
                (null, false) => records.OrderBy(record => record.Id),
                (_, true) => records.Where(record => record.Id.CompareTo(from) < 0).OrderByDescending(record => record.Id),
                (_, false) => records.Where(record => record.Id.CompareTo(from) > 0).OrderBy(record => record.Id),
            };
        },
        _ => "");

    /// <summary>By a column.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="descending">Whether the largest come first.</param>
    /// <param name="column">The column, with unset values put at an end by a value of their own.</param>
    /// <param name="key">The same of a row, as text.</param>
    /// <param name="parse">Reads that text; <see langword="null"/> when it is none.</param>
    public static ListOrder<TRecord, TRow> By<TKey>(
        string name,
        bool descending,
        Expression<Func<TRecord, TKey>> column,
        Func<TRow, string> key,
        Func<string, QueryParameter<TKey>?> parse) => new(
        descending ? "-" + name : name,
        (records, cursor) =>
        {
            if (cursor is not null)
            {
                if (parse(cursor.Key) is not { } from)
                {
                    return null;
                }

                records = records.Where(Behind(column, descending, from, cursor.Id));
            }

            return (descending ? records.OrderByDescending(column) : records.OrderBy(column)).ThenByDescending(record => record.Id);
        },
        key);

    /// <summary>Orders the records, those behind a cursor only.</summary>
    /// <returns><see langword="null"/> when the cursor is of another order.</returns>
    public IQueryable<TRecord>? Apply(IQueryable<TRecord> records, Cursor? cursor) =>
        cursor is null || cursor.Sort == name ? apply(records, cursor) : null;

    /// <summary>The place of a row in this order.</summary>
    public Cursor At(TRow row, Ulid id) => new(name, id, key(row));

    private static Expression<Func<TRecord, bool>> Behind<TKey>(
        Expression<Func<TRecord, TKey>> column, bool descending, QueryParameter<TKey> from, Ulid id)
    {
        var record = column.Parameters[0];
        var value = Expression.Property(Expression.Constant(from), nameof(QueryParameter<TKey>.Value));
        var compared = Expression.Call(column.Body, typeof(TKey).GetMethod(nameof(IComparable.CompareTo), [typeof(TKey)])!, value);
        var zero = Expression.Constant(0);
        Expression<Func<TRecord, bool>> older = candidate => candidate.Id.CompareTo(id) < 0;
        var olderId = new ParameterReplacer(older.Parameters[0], record).Visit(older.Body);
        return Expression.Lambda<Func<TRecord, bool>>(
            Expression.OrElse(
                descending ? Expression.LessThan(compared, zero) : Expression.GreaterThan(compared, zero),
                Expression.AndAlso(Expression.Equal(column.Body, value), olderId)),
            record);
    }

    private sealed class ParameterReplacer(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}

/// <summary>A value read from text. A class, so that queries take it as a parameter.</summary>
internal sealed record QueryParameter<T>(T Value);
