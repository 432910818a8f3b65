using Thena.Accounts.Benchmarks.Load;

namespace Thena.Accounts.Benchmarks.Soak;

/// <summary>Watches the resident memory of a server until it is disposed.</summary>
internal sealed class MemoryPeak : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _ending = new();
    private readonly Task _watching;

    private MemoryPeak(HttpServer server) => _watching = WatchAsync(server);

    /// <summary>The largest memory so far, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Starts to watch.</summary>
    public static MemoryPeak Watch(HttpServer server) => new(server);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _watching;
        _ending.Dispose();
    }

    private async Task WatchAsync(HttpServer server)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                Bytes = Math.Max(Bytes, server.ResidentBytes);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}

/// <summary>The resident memory of the server before clients misbehave, at its peak, and after a minute of rest, in bytes.</summary>
internal sealed record MemoryUse(long Before, long Peak, long After);
