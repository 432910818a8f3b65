using System.Diagnostics.Metrics;

namespace Thena.Accounts.Postgres.Metrics;

/// <summary>The meter to which all instruments of this server belong. <c>docs/metrics.md</c> lists them.</summary>
public static class ServerMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Thena.Accounts";

    /// <summary>The meter.</summary>
    public static Meter Meter { get; } = new(Name);
}
