using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Schema;

/// <summary>
/// Sees to it that PostgreSQL has statistics of tables that have just been filled, and that no session keeps a plan from before (ADR 27).
/// Autovacuum makes the same statistics, but up to a minute later.
/// </summary>
public sealed class TableStatistics(DatabaseConnections connections)
{
    /// <summary>The number of rows up to which any plan is fast.</summary>
    private const int FewRows = 500;

    private const int Growth = 10;

    private readonly Dictionary<string, Analysis> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// Analyzes tables that have never been analyzed, or that have grown tenfold since. When such a table has been analyzed, by this
    /// server or another one or autovacuum, the sessions of the pool are ended.
    /// </summary>
    /// <returns>The tables that have been analyzed, without those that are locked or that the role of the server does not own.</returns>
    public async Task<IReadOnlyList<string>> RefreshAsync(CancellationToken cancellationToken)
    {
        var outgrown = await LookAsync(cancellationToken);
        foreach (var table in outgrown)
        {
            // If another server analyzes it, or autovacuum cleans it, the table is left out and seen again the next time.
            await connections.MaintainAsync($"analyze (skip_locked) \"{table}\"", cancellationToken);
        }

        return outgrown.Count == 0 ? [] : [.. outgrown.Except(await LookAsync(cancellationToken))];
    }

    /// <summary>Compares the tables with what was known of them.</summary>
    /// <returns>The tables to analyze.</returns>
    private async Task<List<string>> LookAsync(CancellationToken cancellationToken)
    {
        var tables = await connections.ReadAsync(
            $"""
            select counted.relname::text, counted.analyze_count + counted.autoanalyze_count, counted.n_live_tup,
                planned.reltuples::bigint, pg_has_role(planned.relowner, 'usage')
            from pg_stat_user_tables counted join pg_class planned on planned.oid = counted.relid
            where counted.schemaname = 'public'
            """,
            row => (
                Name: row.GetString(0), Count: row.GetInt64(1), Rows: row.GetInt64(2), Planned: row.GetInt64(3), IsOwn: row.GetBoolean(4)),
            cancellationToken);
        List<string> outgrown = [];
        var hasNewPlans = false;
        foreach (var table in tables)
        {
            if (!_known.TryGetValue(table.Name, out var known))
            {
                _known[table.Name] = known = new Analysis(table.Count, table.Count == 0 ? 0 : table.Planned);
            }

            var isOutgrown = table.Rows >= FewRows && table.Rows >= Growth * known.Rows;
            if (table.Count != known.Count)
            {
                _known[table.Name] = new Analysis(table.Count, table.Rows);
                hasNewPlans |= isOutgrown;
            }
            else if (isOutgrown && table.IsOwn)
            {
                outgrown.Add(table.Name);
            }
        }

        if (hasNewPlans)
        {
            connections.Renew();
        }

        return outgrown;
    }

    /// <summary>The last analysis of a table that is known.</summary>
    /// <param name="Count">How often the table had been analyzed.</param>
    /// <param name="Rows">The number of its rows, or 0 if it had not been analyzed.</param>
    private sealed record Analysis(long Count, long Rows);
}
