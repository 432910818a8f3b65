using System.Net.Sockets;
using System.Text;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>Lines of HTTP end with CR LF, and with nothing else, so that a proxy and the server never see different requests.</summary>
public sealed class LineEndTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 200")]
    [InlineData("GET /health/live HTTP/1.1\nHost: localhost\r\nConnection: close\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET /health/live HTTP/1.1\r\nHost: localhost\nConnection: close\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET /health/live HTTP/1.1\nHost: localhost\nConnection: close\n\n", "HTTP/1.1 400")]
    public async Task Request_WithBareLineFeed_IsRefused(string request, string expected)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), cancellation);

        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith(expected, await reader.ReadToEndAsync(cancellation), StringComparison.Ordinal);
    }
}
