using System.ComponentModel.DataAnnotations;

namespace Thena.Accounts.Api.Metrics;

/// <summary>Where Prometheus can read the metrics.</summary>
internal sealed class MetricsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Metrics";

    /// <summary>The port of <c>/metrics</c>. It has no other use, so that a firewall can close it. 0 turns it off.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; }
}
