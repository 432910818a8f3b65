using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>
/// Decides to which addresses webhooks may be sent. Names are checked when a webhook is saved, which tells early what would not work; what
/// protects the own network is the check of the very address that is connected to.
/// </summary>
public sealed class WebhookTargets(IOptions<WebhookOptions> options, IHostResolver resolver)
{
    private readonly IReadOnlyList<IPNetwork> _allowed = options.Value.Networks;

    /// <summary>Returns what is wrong with a URL, as the end of a sentence that starts with its name; null if it may be sent to.</summary>
    public async Task<string?> FindProblemAsync(string url, CancellationToken cancellationToken)
    {
        var uri = new Uri(url);
        if (FindProblem(uri) is { } problem)
        {
            return problem;
        }

        try
        {
            var addresses = await ResolveAsync(uri.IdnHost, cancellationToken);
            return addresses.Select(FindProblem).FirstOrDefault(found => found is not null);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            // It may become known later.
            return null;
        }
    }

    /// <summary>Returns what is wrong with a URL, whatever its host's address is.</summary>
    public string? FindProblem(Uri uri) =>
        uri.UserInfo.Length > 0 ? "must not have a user or a password"
        : uri.Fragment.Length > 0 ? "must not have a fragment"
        : uri.Scheme != Uri.UriSchemeHttps && !options.Value.AllowHttp ? "must use https. The setting Webhooks__AllowHttp=true allows http"
        : null;

    /// <summary>Returns why webhooks are not sent to an address; null if they are.</summary>
    public string? FindProblem(IPAddress address)
    {
        var plain = NetworkKinds.Unwrap(address);
        return NetworkKinds.NeverSentTo(plain) is { } never ? $"leads to {plain}, a {never} address, to which webhooks are never sent"
            : NetworkKinds.InsideOwn(plain) is { } inside && !_allowed.Any(network => network.Contains(plain))
                ? $"leads to {plain}, a {inside} address. The setting Webhooks__AllowedNetworks__0={plain} allows it"
            : null;
    }

    /// <summary>Returns the addresses of a host.</summary>
    /// <exception cref="SocketException">The host is not known.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? [address] : await resolver.ResolveAsync(host, cancellationToken);
}
