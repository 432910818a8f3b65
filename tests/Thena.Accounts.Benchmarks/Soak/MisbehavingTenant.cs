using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Thena.Accounts.Benchmarks.Soak;

/// <summary>
/// The organization of the clients that misbehave: its key, and the ways to reach the server. On Linux, its clients have another address
/// than the normal ones.
/// </summary>
internal sealed class MisbehavingTenant : IDisposable
{
    private static readonly IPAddress OtherAddress = OperatingSystem.IsLinux() ? IPAddress.Parse("127.0.0.2") : IPAddress.Loopback;

    private readonly int _port;
    private readonly string _key;

    /// <summary>Creates the clients.</summary>
    public MisbehavingTenant(int port, string key)
    {
        (_port, _key) = (port, key);
        (Http, HttpWithoutKey) = (CreateClient(), CreateClient());
        Http.DefaultRequestHeaders.Add("x-api-key", key);
    }

    /// <summary>A client that sends the key.</summary>
    public HttpClient Http { get; }

    /// <summary>A client that sends no key of its own.</summary>
    public HttpClient HttpWithoutKey { get; }

    /// <summary>Opens a connection, to send and read less than a whole request and response.</summary>
    public async Task<RawConnection> OpenAsync(CancellationToken cancellationToken) => new(await ConnectAsync(cancellationToken));

    /// <summary>The bytes of a request without a body.</summary>
    public byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {_key}\r\n\r\n");

    /// <summary>The bytes before the body of a request.</summary>
    public byte[] Post(string path, string type, long length) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {_key}\r\nContent-Type: {type}\r\nContent-Length: {length}\r\n\r\n"));

    public void Dispose()
    {
        Http.Dispose();
        HttpWithoutKey.Dispose();
    }

    private HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) => new NetworkStream(await ConnectAsync(cancellationToken), ownsSocket: true),
    })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{_port}"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        // A small buffer, so that a client that reads slowly holds up the server soon.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveBufferSize = 8 * 1_024,
        };
        try
        {
            socket.Bind(new IPEndPoint(OtherAddress, 0));
            await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A connection that need not speak HTTP to the end.</summary>
internal sealed class RawConnection(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[1_024];

    /// <summary>Sends bytes.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    /// <summary>Reads up to 1 KB. Returns nothing if the server has closed the connection.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) =>
        _buffer.AsMemory(0, await socket.ReceiveAsync(_buffer, cancellationToken));

    /// <summary>Reads the status of the next response.</summary>
    public async Task<string> ReadStatusAsync(CancellationToken cancellationToken)
    {
        var start = Encoding.ASCII.GetString((await ReadAsync(cancellationToken)).Span);
        return start.Split(' ').ElementAtOrDefault(1) ?? "closed";
    }

    /// <summary>Reads 1 KB twice a second until the server closes the connection.</summary>
    public async Task ReadSlowlyAsync(CancellationToken cancellationToken)
    {
        while ((await ReadAsync(cancellationToken)).Length > 0)
        {
            await Task.Delay(500, cancellationToken);
        }
    }

    /// <summary>Cuts the connection off with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();
}
