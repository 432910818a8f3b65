using System.Diagnostics.Metrics;
using Thena.Accounts.Postgres.Metrics;

namespace Thena.Accounts.Core.Organizations;

/// <summary>How keys are looked up.</summary>
internal static class KeyMetrics
{
    private static readonly Counter<long> Uses = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.keys.uses", "{use}", "Uses of API keys, by whether the key is valid.");

    private static readonly Counter<long> LookUps = ServerMeter.Meter.CreateCounter<long>(
        "thena.accounts.keys.lookups", "{lookup}", "Look-ups of API keys in the database. All other uses are answered from memory.");

    /// <summary>Counts a use of a key.</summary>
    public static void CountUse(bool isValid) => Uses.Add(1, new KeyValuePair<string, object?>("valid", isValid));

    /// <summary>Counts a look-up in the database.</summary>
    public static void CountLookUp() => LookUps.Add(1);
}
