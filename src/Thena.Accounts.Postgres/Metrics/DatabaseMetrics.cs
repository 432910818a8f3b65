using System.Diagnostics.Metrics;

namespace Thena.Accounts.Postgres.Metrics;

/// <summary>How records are read and written.</summary>
internal static class DatabaseMetrics
{
    /// <summary>Requests that wait for a connection.</summary>
    public static readonly WaitMeter Connections = new(
        "thena.accounts.connections",
        "Requests that wait for a connection to the database.",
        "The time that requests waited for a connection, if none was free.");

    private static readonly Counter<long> Refused = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.connections.refused", "{request}", "Requests for which no connection became free in time.");

    private static readonly Counter<long> Repeated = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.writes.repeated", "{attempt}", "Attempts of writes that were rolled back and made again, by reason.");

    private static readonly Counter<long> References = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.references.uses", "{use}", "Uses of the pick lists, users and fields of an organization, by source.");

    /// <summary>Counts a request for which no connection became free in time.</summary>
    public static void CountRefused() => Refused.Add(1);

    /// <summary>Counts an attempt of a write that did not count.</summary>
    /// <param name="reason">Why: <c>collision</c>, <c>outdated</c> or <c>session</c>.</param>
    public static void CountRepeated(string reason) => Repeated.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts a use of reference data.</summary>
    /// <param name="source">Where they come from: <c>memory</c> or <c>database</c>.</param>
    public static void CountReferences(string source) => References.Add(1, new KeyValuePair<string, object?>("source", source));
}
