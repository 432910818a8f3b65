using System.Globalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Paging;

/// <summary>Reads the pages of lists.</summary>
internal static class ListPaging
{
    /// <summary>
    /// Reads a page, and one more row to find out whether there is a next page. A search takes up to three round trips, any other list one,
    /// and a total one more.
    /// </summary>
    /// <param name="read">The records that match.</param>
    /// <param name="query">The requested page.</param>
    /// <param name="order">The order.</param>
    /// <param name="id">Returns the ID of a row.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static async Task<Result<Page<TRow>>> ToPageAsync<TRow>(
        this RecordRead<TRow> read, PageQuery query, ListOrder<TRow> order, Func<TRow, string> id, CancellationToken cancellationToken)
    {
        long? total = query.IncludeTotal == true ? await read.CountAsync(cancellationToken) : null;
        long skip = 0;
        if (query.Cursor is null)
        {
            var exact = (decimal)((query.Page ?? 1) - 1) * query.Rows;
            if (exact > int.MaxValue)
            {
                return new Page<TRow>(new([]), null, total);
            }

            skip = (long)exact;
        }
        else if (!Cursor.TryParse(query.Cursor, out var cursor) || !order.TryStartAfter(read, cursor))
        {
            return Error.Invalid([new FieldError("cursor", "cursor must be one that a link of this list gave")]);
        }

        var rows = await read.ToListAsync(order.Order, skip, query.Rows + 1, cancellationToken);
        if (read.IsCut)
        {
            return await ToPageOfPortionsAsync(read, query, order, skip, rows.Count, id, total, cancellationToken);
        }

        if (rows.Count <= query.Rows)
        {
            return new Page<TRow>(new(rows), null, total);
        }

        rows.RemoveAt(query.Rows);
        return new Page<TRow>(new(rows), CursorOf(rows[^1], order, id), total);
    }

    /// <summary>Reads which records are on a page that is too large to be in memory, and the last of them for the cursor.</summary>
    private static async Task<Page<TRow>> ToPageOfPortionsAsync<TRow>(
        RecordRead<TRow> read,
        PageQuery query,
        ListOrder<TRow> order,
        long skip,
        int size,
        Func<TRow, string> id,
        long? total,
        CancellationToken cancellationToken)
    {
        var ids = await read.CopyAsIds().ToListAsync(order.Order, skip, query.Rows + 1, cancellationToken);
        string? next = null;
        if (ids.Count > query.Rows)
        {
            ids.RemoveAt(query.Rows);
            next = await read.Copy().WhereEqual("id", ids[^1]).FirstOrDefaultAsync(cancellationToken) is { } last
                ? CursorOf(last, order, id)
                : null;
        }

        var portions = RecordLists.ReadPortionsAsync(read, "id", [.. ids], size, row => UlidOf(row, id).ToGuid(), cancellationToken);
        return new Page<TRow>(new(null, portions), next, total);
    }

    private static string CursorOf<TRow>(TRow row, ListOrder<TRow> order, Func<TRow, string> id) =>
        order.At(row, UlidOf(row, id)).ToString();

    private static Ulid UlidOf<TRow>(TRow row, Func<TRow, string> id) => Ulid.Parse(id(row), CultureInfo.InvariantCulture);
}
