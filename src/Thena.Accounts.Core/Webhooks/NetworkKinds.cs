using System.Net;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>Networks that are not the public internet.</summary>
internal static class NetworkKinds
{
    /// <summary>Networks to which a setting can allow webhooks.</summary>
    private static readonly (IPNetwork Network, string Name)[] Inside =
    [
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("fc00::/7"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "carrier-grade NAT"),
    ];

    /// <summary>Networks to which webhooks are never sent. Those of metadata services are inside networks that can be allowed.</summary>
    private static readonly (IPNetwork Network, string Name)[] Never =
    [
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("100.100.100.200/32"), "metadata"),
        (IPNetwork.Parse("168.63.129.16/32"), "metadata"),
        (IPNetwork.Parse("fd00:ec2::254/128"), "metadata"),
        (IPNetwork.Parse("fd20:ce::254/128"), "metadata"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
        (IPNetwork.Parse("0.0.0.0/8"), "reserved"),
        (IPNetwork.Parse("192.0.0.0/24"), "reserved"),
        (IPNetwork.Parse("192.0.2.0/24"), "reserved"),
        (IPNetwork.Parse("192.88.99.0/24"), "reserved"),
        (IPNetwork.Parse("198.18.0.0/15"), "reserved"),
        (IPNetwork.Parse("198.51.100.0/24"), "reserved"),
        (IPNetwork.Parse("203.0.113.0/24"), "reserved"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("2001::/23"), "reserved"),
        (IPNetwork.Parse("2001:db8::/32"), "reserved"),
        (IPNetwork.Parse("3fff::/20"), "reserved"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>The prefixes of IPv6 addresses that stand for an IPv4 address, and the byte at which that starts.</summary>
    private static readonly (IPNetwork Prefix, int Start)[] WithIPv4 =
    [
        (IPNetwork.Parse("::ffff:0:0/96"), 12),
        (IPNetwork.Parse("::ffff:0:0:0/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>Returns the IPv4 address that an IPv6 address stands for, and any other address as it is.</summary>
    public static IPAddress Unwrap(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (bytes.Length == 4)
        {
            return address;
        }

        // Without the scope, which is no part of the address.
        var plain = new IPAddress(bytes);
        foreach (var (prefix, start) in WithIPv4)
        {
            if (prefix.Contains(plain))
            {
                return new IPAddress(bytes.AsSpan(start, 4));
            }
        }

        // ::127.0.0.1, but not ::1.
        var isCompatible = bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && (bytes[12] | bytes[13]) != 0;
        return isCompatible ? new IPAddress(bytes.AsSpan(12, 4)) : plain;
    }

    /// <summary>Returns the kind of an address to which webhooks are never sent, such as <c>link-local</c>.</summary>
    public static string? NeverSentTo(IPAddress address) => Find(Never, address)
        ?? (address.GetAddressBytes().Length == 4 || Find(Inside, address) is not null || GlobalUnicast.Contains(address)
            ? null
            : "reserved");

    /// <summary>Returns the kind of an address inside a network of one's own, such as <c>private</c>.</summary>
    public static string? InsideOwn(IPAddress address) => Find(Inside, address);

    private static string? Find((IPNetwork Network, string Name)[] networks, IPAddress address) =>
        Array.Find(networks, known => known.Network.Contains(address)).Name;
}
