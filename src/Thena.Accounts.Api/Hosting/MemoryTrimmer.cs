namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Gives memory back to the operating system after a burst. The garbage collector keeps what it has freed for the next burst, and runs only
/// when objects are created, so an idle server would keep it. One collection is enough, and it takes place when hardly anybody waits.
/// </summary>
internal sealed class MemoryTrimmer() : PeriodicService(TimeSpan.FromSeconds(15), TimeProvider.System)
{
    /// <summary>The bytes of new objects in an interval above which there is a burst.</summary>
    private const long BurstBytes = 256 << 20;

    /// <summary>The bytes of new objects in an interval below which the server is idle.</summary>
    private const long IdleBytes = 16 << 20;

    private long _total = GC.GetTotalAllocatedBytes();
    private bool _isAfterBurst;

    protected override Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var before = _total;
        _total = GC.GetTotalAllocatedBytes();
        _isAfterBurst |= _total - before > BurstBytes;
        if (_isAfterBurst && _total - before < IdleBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _isAfterBurst = false;
        }

        return Task.CompletedTask;
    }
}
