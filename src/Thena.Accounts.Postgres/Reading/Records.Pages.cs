using System.Globalization;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Search;

namespace Thena.Accounts.Postgres.Reading;

/// <summary>How pages of lists are read.</summary>
public sealed partial class Records
{
    /// <summary>
    /// Reads a page, and one more row to find out whether there is a next page. A search takes up to six round trips, any other list one,
    /// and a total one more. If the page is too large to be in memory, its records are read in portions.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="page">The page.</param>
    /// <param name="order">The order of the list.</param>
    /// <param name="from">Makes the response from a record.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The page; null if the cursor is not one of this list.</returns>
    public async Task<Page<TResponse>?> ToPageAsync<T, TResponse>(
        Query<T> query, PageRequest page, ListOrder<T> order, Func<T, References, TResponse> from, CancellationToken cancellationToken)
        where T : TenantEntity
    {
        var all = query.Copy();
        long? total = page.IncludeTotal ? await CountAsync(query, cancellationToken) : null;
        if (page.Cursor is { } cursor && !query.TryStartAfter(order, cursor))
        {
            return null;
        }

        var skip = page.Cursor is null ? page.Skip : 0;
        var read = await ReadPageAsync(query, order.Order, skip, page.Rows + 1, from, cancellationToken);
        if (read.IsCut)
        {
            return await ToPageOfPortionsAsync(all, query, page, order, read.Records.Count, from, total, cancellationToken);
        }

        if (read.Responses.Count <= page.Rows)
        {
            return new Page<TResponse>(new(read.Responses), null, total);
        }

        read.Responses.RemoveAt(page.Rows);
        return new Page<TResponse>(new(read.Responses), order.CursorOf(read.Records[page.Rows - 1]), total);
    }

    /// <summary>Reads which records are on a page that is too large to be in memory, and the last of them for the cursor.</summary>
    private async Task<Page<TResponse>> ToPageOfPortionsAsync<T, TResponse>(
        Query<T> all,
        Query<T> query,
        PageRequest page,
        ListOrder<T> order,
        int size,
        Func<T, References, TResponse> from,
        long? total,
        CancellationToken cancellationToken)
        where T : TenantEntity
    {
        var skip = page.Cursor is null ? page.Skip : 0;
        var ids = await ReadIdsAsync(query, order.Order, skip, page.Rows + 1, cancellationToken);
        string? next = null;
        if (ids.Count > page.Rows)
        {
            ids.RemoveAt(page.Rows);
            var last = all.Copy().Where(nameof(TenantEntity.Id), ids[^1]);
            next = await FirstOrDefaultAsync(last, (record, _) => order.CursorOf(record), cancellationToken);
        }

        var portions = new Portions<T, Ulid, TResponse>(all, nameof(TenantEntity.Id), record => record.Id, (portion, token) =>
            ReadAsync(portion, references => new(portion.Sql(references)), from, token));
        return new Page<TResponse>(new(null, portions.ReadAllAsync(ids, size, cancellationToken)), next, total);
    }

    private async Task<List<Ulid>> ReadIdsAsync<T>(
        Query<T> query, RecordOrder order, long skip, int take, CancellationToken cancellationToken)
        where T : TenantEntity
    {
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"select r.id from {query.Rows(order)} r where {query.Conditions.Sql}"
                + $" order by {query.Listed(order).Sql} limit {take} offset {skip}");
        return
        [
            .. await connections.ReadAsync(
                SettingsOf(query), () => query.Conditions.CreateCommand(sql), row => new Ulid(row.GetGuid(0)), cancellationToken),
        ];
    }

    private async Task<Read<T, TResponse>> ReadPageAsync<T, TResponse>(
        Query<T> query, RecordOrder order, long skip, int take, Func<T, References, TResponse> from, CancellationToken cancellationToken)
        where T : TenantEntity
    {
        order = query.Listed(order);

        // Limits are constants. With a parameter, PostgreSQL would plan for a tenth of the table, or plan again on each execution.
        var paged = skip > 0 ? query.Copy() : query;
        var page = string.Create(CultureInfo.InvariantCulture, $" order by {order.Sql} limit {take}")
            + (skip > 0 ? $" offset {paged.Conditions.Parameter(skip)}" : "");
        return paged.Conditions.Search is null
            ? await ReadAsync(paged, references => new(paged.Sql(references, order, page), SettingsOf(paged)), from, cancellationToken)
            : await new ListSearch(skip, take).RunAsync(
                paged, order, page, (sql, token) => ReadAsync(paged, sql, from, token), cancellationToken);
    }
}
