using System.Net;
using System.Net.Sockets;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// A proxy between the server and PostgreSQL. It counts round trips: the times that the server sends after the database has answered.
/// It can also close the connections, as a stopped database does, or stop forwarding, as a network does that loses every packet.
/// </summary>
public sealed class DatabaseProxy : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private TcpListener? _listener;
    private int _roundTrips;
    private TaskCompletionSource _flowing = Flowing();

    /// <summary>Starts to forward to a database.</summary>
    public DatabaseProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        Listen(0);
        Port = ((IPEndPoint)_listener!.LocalEndpoint).Port;
    }

    /// <summary>The port on the loopback address.</summary>
    public int Port { get; }

    /// <summary>The number of round trips since the start.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>The time by which each answer of the database is late.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Closes all connections and accepts no more.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _listener?.Stop();
            _listener = null;
            foreach (var socket in _open)
            {
                socket.Close(0);
            }

            _open.Clear();
        }
    }

    /// <summary>Forwards nothing more. Connections stay open, and new ones are accepted.</summary>
    public void Freeze() => _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Forwards again, starting with what was sent in the meantime.</summary>
    public void Thaw() => _flowing.TrySetResult();

    /// <summary>Accepts connections again.</summary>
    public void Start() => Listen(Port);

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private void Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                var database = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                lock (_gate)
                {
                    _open.AddRange([client, database]);
                }

                await database.ConnectAsync(_host, _port);
                var connection = new Connection();
                _ = PumpAsync(client, database, () => TimeSpan.Zero, () => Asked(connection));
                _ = PumpAsync(database, client, () => Delay, () => connection.Answered = true);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The proxy was stopped.
        }
    }

    private void Asked(Connection connection)
    {
        if (connection.Answered)
        {
            connection.Answered = false;
            Interlocked.Increment(ref _roundTrips);
        }
    }

    private static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource();
        flowing.SetResult();
        return flowing;
    }

    private async Task PumpAsync(Socket from, Socket to, Func<TimeSpan> delay, Action seen)
    {
        var buffer = new byte[64 * 1_024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                await _flowing.Task;
                if (delay() is var late && late > TimeSpan.Zero)
                {
                    await Task.Delay(late);
                }

                seen();
                for (var sent = 0; sent < length;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent));
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection was closed.
        }

        from.Dispose();
        to.Dispose();
    }

    private sealed class Connection
    {
        public volatile bool Answered = true;
    }
}
