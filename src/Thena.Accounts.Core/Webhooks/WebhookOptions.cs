using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>The settings of webhooks.</summary>
public sealed class WebhookOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Webhooks";

    /// <summary>
    /// The networks inside your own to which webhooks may be sent, such as <c>10.0.0.0/8</c>: of loopback, private and carrier-grade NAT
    /// addresses. By default, there are none.
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Whether URLs may use http.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The time limit of an attempt, in seconds.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>The days for which deliveries that have ended are kept.</summary>
    [Range(1, 3_650)]
    public int DeliveryRetentionDays { get; set; } = 30;

    /// <summary>The largest number of requests that this server sends at the same time.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentSends { get; set; } = 100;

    /// <summary>Whether each of <see cref="AllowedNetworks"/> is a network or an address.</summary>
    public bool AreNetworksValid => AllowedNetworks.All(network => Parse(network) is not null);

    /// <summary>The allowed networks.</summary>
    internal IReadOnlyList<IPNetwork> Networks => [.. AllowedNetworks.Select(Parse).OfType<IPNetwork>()];

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
