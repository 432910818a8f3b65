using System.Net;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>Finds the addresses of hosts.</summary>
public interface IHostResolver
{
    /// <summary>Returns the addresses of a host.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The host is not known.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>Asks the system.</summary>
public sealed class SystemHostResolver : IHostResolver
{
    /// <inheritdoc/>
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
