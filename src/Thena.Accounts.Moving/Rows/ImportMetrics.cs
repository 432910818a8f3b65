using System.Diagnostics.Metrics;
using Thena.Accounts.Postgres.Metrics;

namespace Thena.Accounts.Moving.Rows;

/// <summary>What imports of files do.</summary>
internal static class ImportMetrics
{
    private static readonly Counter<long> Rows = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.imports.rows", "{row}", "Rows of imported files, by outcome.");

    /// <summary>Counts the rows that an import has read since it was last counted.</summary>
    public static void Count(RowImportSummary before, RowImportSummary after)
    {
        Add("created", after.Created - before.Created);
        Add("changed", after.Changed - before.Changed);
        Add("skipped", after.Skipped - before.Skipped);
        Add("rejected", after.Rejected - before.Rejected);
    }

    private static void Add(string outcome, long rows) => Rows.Add(rows, new KeyValuePair<string, object?>("outcome", outcome));
}
