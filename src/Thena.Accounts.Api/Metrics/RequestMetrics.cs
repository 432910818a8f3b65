using System.Diagnostics.Metrics;
using Thena.Accounts.Postgres.Metrics;

namespace Thena.Accounts.Api.Metrics;

/// <summary>How requests wait, are refused and are replayed.</summary>
internal static class RequestMetrics
{
    private static readonly Counter<long> Refused = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.requests.refused", "{request}", "Requests that a limit refused, by limit.");

    /// <summary>Requests with large bodies that wait for their turn.</summary>
    public static readonly WaitMeter Heavy = new(
        "thena.accounts.heavy",
        "Requests with large bodies that wait for their turn.",
        "The time that requests with large bodies waited for their turn, if they had to.");

    private static readonly Counter<long> Replays = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.idempotency.replays", "{response}", "Stored responses that were sent again.");

    private static readonly Counter<long> Removed = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.rows.removed", "{row}", "Rows that were removed because they were too old, by table.");

    /// <summary>Counts a request that a limit refused.</summary>
    /// <param name="limit">One of <see cref="RequestLimits"/>.</param>
    public static void CountRefused(string limit) => Refused.Add(1, new KeyValuePair<string, object?>("limit", limit));

    /// <summary>Counts a stored response that is sent again.</summary>
    public static void CountReplay() => Replays.Add(1);

    /// <summary>Counts rows that were removed because they were too old.</summary>
    public static void CountRemoved(string table, int rows) => Removed.Add(rows, new KeyValuePair<string, object?>("table", table));
}
