using System.Net.Sockets;
using System.Text;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>A connection to the server on which a test sends what no HTTP client sends, or reads as slowly as it likes.</summary>
public sealed class RawConnection : IDisposable
{
    private const int SmallBuffer = 65_536;

    private readonly Socket _socket;

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>Connects. The server cannot send much ahead of what is read.</summary>
    public static async Task<Socket> ConnectAsync(AccountsServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallBuffer };
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Connects, and sends a request or a part of one. The server cannot send much ahead of what is read.</summary>
    public static async Task<RawConnection> SendAsync(AccountsServer server, string text)
    {
        var socket = await ConnectAsync(server);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        return new RawConnection(socket);
    }

    /// <summary>Reads the headers of the response, and what may come with them.</summary>
    public async Task<string> ReadHeadersAsync()
    {
        var text = new StringBuilder();
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var part = await ReadAsync();
            Assert.True(part.Length > 0, $"The connection was closed after \"{text}\".");
            text.Append(part);
        }

        return text.ToString();
    }

    /// <summary>Reads until the server closes or resets the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        try
        {
            while (await ReadAsync() is { Length: > 0 } part)
            {
                text.Append(part);
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // That is an end, too.
        }

        return text.ToString();
    }

    /// <summary>Ends the connection as a client that crashes does: with a reset instead of an end.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadAsync()
    {
        var buffer = new byte[SmallBuffer];
        return Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
    }
}
