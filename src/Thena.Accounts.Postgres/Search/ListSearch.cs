using System.Globalization;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Postgres.Search;

/// <summary>
/// Searches a list for a page. The index has to find all records with a term before it knows the first page. If the start of the list holds
/// the page, or is the whole list, reading it is faster. A longer start is read if a short one holds its share of the page, or if the index
/// finds very many records.
/// </summary>
/// <param name="skip">The number of records to skip.</param>
/// <param name="take">The number of records to read.</param>
internal sealed class ListSearch(long skip, int take)
{
    // The best plan depends on the term; starting parallel workers takes longer than the index; and with a bitmap that does not fit into
    // the memory, PostgreSQL would compute the grams of every record on its pages. 8 MB hold the bitmap of 130,000 pages, which have two
    // million accounts. All connections of a server together can take 800 MB.
    internal const string Settings =
        """
        select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('max_parallel_workers_per_gather', '0', true),
            set_config('work_mem', '8MB', true)
        """;

    // Before it asks the index, a search reads so many records of the list for each one of the page, and so many at least and at most.
    private const int StartPerRecord = 20;
    private const int MaxStartPerRecord = 200;
    private const int MinStart = 1_000;
    private const int MaxStart = 10_000;

    // Of so few hits, all columns are sorted. Of more, only the IDs: all columns of 100,000 hits take PostgreSQL twice as long.
    private const int FewHits = 1_000;

    // A term of so many records is common enough to be looked for in the longest start, which takes no longer than to sort its records.
    private const int ManyHits = 10_000;
    private const int LongestStart = 100_000;

    /// <summary>Runs the search.</summary>
    /// <param name="query">The query, with a search.</param>
    /// <param name="order">The order of the list.</param>
    /// <param name="page">The SQL of the page.</param>
    /// <param name="readAsync">Reads the records of a statement.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<Read<T, TResponse>> RunAsync<T, TResponse>(
        Query<T> query,
        RecordOrder order,
        string page,
        Func<Func<References, Statement>, CancellationToken, Task<Read<T, TResponse>>> readAsync,
        CancellationToken cancellationToken)
        where T : TenantEntity
    {
        var longStart = skip > 0 ? MaxStart : Math.Clamp(MaxStartPerRecord * take, MinStart, MaxStart);
        var shortStart = skip > 0 ? MaxStart : Math.Clamp(StartPerRecord * take, MinStart, MaxStart);
        if (skip + take <= MaxStart)
        {
            var (found, isWhole) = await ReadStartAsync(shortStart);
            var hasMore = found.Records.Count < take && !isWhole && !found.IsCut;
            if (hasMore && shortStart < longStart && found.Records.Count * longStart >= take * shortStart)
            {
                (found, isWhole) = await ReadStartAsync(longStart);
            }

            if (found.Records.Count >= take || isWhole || found.IsCut)
            {
                return found;
            }
        }

        foreach (var most in new[] { FewHits, ManyHits })
        {
            if (skip + take <= most && await ReadHitsAsync(most) is var hits && (hits.Length ?? 0) < most)
            {
                return hits;
            }
        }

        if (skip + take <= ManyHits)
        {
            var (found, _) = await ReadStartAsync(LongestStart, counts: false);
            if (found.Records.Count >= take || found.IsCut)
            {
                return found;
            }
        }

        return await ReadHitsAsync(null);

        Task<Read<T, TResponse>> ReadHitsAsync(int? most)
        {
            var table = query.Selection.Table.Name;
            var (limit, count) = most is null
                ? ("", "0::bigint")
                : (string.Create(CultureInfo.InvariantCulture, $" limit {most}"), "count(*) over ()");
            var hits = $"(select r.* from {table} r where {query.Conditions.Sql} offset 0{limit}) r";
            var ids = $"(select r.*, page.hits from (select r.id, {count} as hits from {hits}{page}) page "
                + $"join {table} r on r.organization_id = $1 and r.id = page.id)";
            return readAsync(
                references => new(
                    most is FewHits
                        ? query.Sql($"(select r.*, {count} as hits from {hits})", "true", page, references, order, ", r.hits")
                        : query.SqlOf(ids, references, order, ", r.hits"),
                    Settings,
                    HasLength: true),
                cancellationToken);
        }

        async Task<(Read<T, TResponse> Found, bool IsWhole)> ReadStartAsync(int records, bool counts = true)
        {
            var settings = query.Conditions.ReadsUpdateTimes ? Settings : null;
            var (rows, column) = query.StartOfList(order, records);
            var contains = query.Conditions.Search!.Value.Contains;
            var read = await readAsync(
                references => counts
                    ? new(query.Sql(rows, contains, page, references, order, column), settings, HasLength: true)
                    : new(query.Sql(rows, contains, page, references, order), settings),
                cancellationToken);
            return (read, read.Length < records);
        }
    }
}
