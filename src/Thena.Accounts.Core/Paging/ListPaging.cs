using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Core.Paging;

/// <summary>Reads the pages of lists.</summary>
internal static class ListPaging
{
    /// <summary>Reads a page of a list.</summary>
    /// <param name="records">Reads records.</param>
    /// <param name="query">The records that match.</param>
    /// <param name="page">The requested page, and the times of its records.</param>
    /// <param name="order">The order.</param>
    /// <param name="from">Makes the response from a record.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public static async Task<Result<Page<TResponse>>> ToPageAsync<T, TResponse>(
        this Records records,
        Query<T> query,
        PageQuery page,
        ListOrder<T> order,
        Func<T, References, TResponse> from,
        CancellationToken cancellationToken)
        where T : TenantEntity
    {
        query.WhereCreated(page.CreatedAfter, page.CreatedBefore).WhereUpdated(page.UpdatedAfter, page.UpdatedBefore);
        var skip = (decimal)((page.Page ?? 1) - 1) * page.Rows;
        if (skip > int.MaxValue && page.Cursor is null)
        {
            long? total = page.IncludeTotal == true ? await records.CountAsync(query, cancellationToken) : null;
            return new Page<TResponse>(new([]), null, total);
        }

        Cursor? cursor = null;
        var isKnown = page.Cursor is null || Cursor.TryParse(page.Cursor, out cursor);
        var read = isKnown
            ? await records.ToPageAsync(
                query, new PageRequest((long)skip, page.Rows, cursor, page.IncludeTotal == true), order, from, cancellationToken)
            : null;
        return read is null ? Error.Invalid([new FieldError("cursor", "cursor must be one that a link of this list gave")]) : read;
    }
}
