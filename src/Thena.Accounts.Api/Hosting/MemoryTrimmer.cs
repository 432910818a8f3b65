namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Gives memory back to the operating system after a burst. The garbage collector keeps what it has freed for the next burst, and runs only
/// when objects are created, so an idle server would keep it. One collection is enough, and it takes place when hardly anybody waits.
/// </summary>
internal sealed class MemoryTrimmer : BackgroundService
{
    /// <summary>The bytes of new objects in an interval above which there is a burst.</summary>
    private const long BurstBytes = 256 << 20;

    /// <summary>The bytes of new objects in an interval below which the server is idle.</summary>
    private const long IdleBytes = 16 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        var total = GC.GetTotalAllocatedBytes();
        var isAfterBurst = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var before = total;
                total = GC.GetTotalAllocatedBytes();
                isAfterBurst |= total - before > BurstBytes;
                if (isAfterBurst && total - before < IdleBytes)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    isAfterBurst = false;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host takes a cancellation for a fault if it stops before the start was complete.
        }
    }
}
