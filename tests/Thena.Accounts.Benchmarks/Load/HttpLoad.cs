using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>
/// Sends requests over keep-alive connections, each as soon as the response to the one before has arrived. Reads no more of HTTP than a
/// response's status and length, so that it costs much less than the server that it loads.
/// </summary>
internal static class HttpLoad
{
    private const int BufferBytes = 4 * 1_024 * 1_024;
    private const int WarmUpRounds = 5;

    private static readonly TimeSpan WarmUpLoad = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan WarmUpPause = TimeSpan.FromSeconds(3);

    /// <summary>Sends requests for a while.</summary>
    /// <param name="port">The port on this machine.</param>
    /// <param name="connections">The number of connections.</param>
    /// <param name="duration">How long to send.</param>
    /// <param name="nextRequest">Makes the bytes of the next request. Called by all connections at once.</param>
    public static async Task<LoadResult> RunAsync(int port, int connections, TimeSpan duration, Func<ReadOnlyMemory<byte>> nextRequest)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(
            () => RunConnection(port, end, nextRequest),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        return new LoadResult(
            [.. results.SelectMany(result => result.Milliseconds)],
            results.Sum(result => result.Failures),
            Stopwatch.GetElapsedTime(started));
    }

    /// <summary>
    /// Sends requests until the server has compiled the code that it uses most. It does so in the pauses: under load, the thread that
    /// compiles gets a small part of the processors.
    /// </summary>
    public static async Task WarmUpAsync(int port, int connections, Func<ReadOnlyMemory<byte>> nextRequest, int rounds = WarmUpRounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await RunAsync(port, connections, WarmUpLoad, nextRequest);
            await Task.Delay(WarmUpPause);
        }
    }

    /// <summary>Sends a number of requests one after the other over one connection.</summary>
    public static Task<LoadResult> RunSequentiallyAsync(int port, int count, Func<ReadOnlyMemory<byte>> nextRequest) => Task.Run(() =>
    {
        using var socket = Connect(port);
        var buffer = new byte[BufferBytes];
        List<double> milliseconds = [];
        var failures = 0;
        var started = Stopwatch.GetTimestamp();
        for (var index = 0; index < count; index++)
        {
            var (elapsed, status) = Send(socket, buffer, nextRequest());
            milliseconds.Add(elapsed);
            failures += status is >= 200 and < 300 ? 0 : 1;
        }

        return new LoadResult(milliseconds, failures, Stopwatch.GetElapsedTime(started));
    });

    /// <summary>Blocks a thread: cheaper than asynchronous sockets, which hand each response from thread to thread.</summary>
    private static (List<double> Milliseconds, int Failures) RunConnection(int port, long end, Func<ReadOnlyMemory<byte>> nextRequest)
    {
        using var socket = Connect(port);
        var buffer = new byte[BufferBytes];
        List<double> milliseconds = [];
        var failures = 0;
        while (Stopwatch.GetTimestamp() < end)
        {
            var (elapsed, status) = Send(socket, buffer, nextRequest());
            milliseconds.Add(elapsed);
            failures += status is >= 200 and < 300 ? 0 : 1;
        }

        return (milliseconds, failures);
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    private static (double Milliseconds, int Status) Send(Socket socket, byte[] buffer, ReadOnlyMemory<byte> request)
    {
        var sent = Stopwatch.GetTimestamp();
        for (var rest = request.Span; rest.Length > 0;)
        {
            rest = rest[socket.Send(rest)..];
        }

        var received = 0;
        while (true)
        {
            var count = socket.Receive(buffer.AsSpan(received));
            received += count;
            if (count == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            if (IsComplete(buffer.AsSpan(0, received)))
            {
                return (
                    Stopwatch.GetElapsedTime(sent).TotalMilliseconds,
                    Utf8Parser.TryParse(buffer.AsSpan(9, 3), out int status, out _) ? status : 0);
            }
        }
    }

    private static bool IsComplete(ReadOnlySpan<byte> response)
    {
        var head = response.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        var length = response[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
        {
            // As servers of Node.js write it.
            length = response[..head].IndexOf("content-length: "u8);
        }

        return length >= 0
            ? Utf8Parser.TryParse(response[(length + 16)..], out int bytes, out _) && response.Length >= head + 4 + bytes
            : response.EndsWith("\r\n0\r\n\r\n"u8);
    }
}

/// <summary>What a load has measured.</summary>
/// <param name="Milliseconds">The time of each request.</param>
/// <param name="Failures">The number of responses whose status was not 2xx.</param>
/// <param name="Elapsed">The whole time.</param>
internal sealed record LoadResult(IReadOnlyList<double> Milliseconds, int Failures, TimeSpan Elapsed)
{
    /// <summary>Requests per second.</summary>
    public double PerSecond => Milliseconds.Count / Elapsed.TotalSeconds;

    /// <summary>A percentile of the times, in milliseconds.</summary>
    public double Percentile(double percent)
    {
        var sorted = Milliseconds.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * percent / 100))];
    }
}
