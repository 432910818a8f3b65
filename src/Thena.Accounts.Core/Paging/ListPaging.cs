using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Core.Paging;

/// <summary>Cuts a page out of a list.</summary>
internal static class ListPaging
{
    /// <summary>Reads one page, and one row more than asked, which tells whether there is a next. At most two round trips.</summary>
    /// <param name="records">The records that match.</param>
    /// <param name="query">The part that is asked for.</param>
    /// <param name="order">The order.</param>
    /// <param name="projection">What a record is shown as.</param>
    /// <param name="id">The id of a row.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static async Task<Result<Page<TRow>>> ToPageAsync<TRecord, TRow>(
        this IQueryable<TRecord> records,
        PageQuery query,
        ListOrder<TRecord, TRow> order,
        Expression<Func<TRecord, TRow>> projection,
        Func<TRow, string> id,
        CancellationToken cancellationToken)
        where TRecord : TenantEntity
    {
        Cursor? cursor = null;
        if ((query.Cursor is not null && !Cursor.TryParse(query.Cursor, out cursor)) || order.Apply(records, cursor) is not { } ordered)
        {
            return Error.Invalid([new FieldError("cursor", "cursor must be one that a link of this list gave")]);
        }

        long? total = query.IncludeTotal == true ? await records.LongCountAsync(cancellationToken) : null;
        var skip = cursor is null ? (decimal)((query.Page ?? 1) - 1) * query.Rows : 0;
        if (skip > int.MaxValue)
        {
            return new Page<TRow>([], null, total);
        }

        var rows = await ordered.Skip((int)skip).Take(query.Rows + 1).Select(projection).ToListAsync(cancellationToken);
        if (rows.Count <= query.Rows)
        {
            return new Page<TRow>(rows, null, total);
        }

        rows.RemoveAt(query.Rows);
        return new Page<TRow>(rows, order.At(rows[^1], Ulid.Parse(id(rows[^1]), CultureInfo.InvariantCulture)).ToString(), total);
    }
}
