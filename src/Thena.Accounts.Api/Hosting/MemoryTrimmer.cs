using System.Runtime.InteropServices;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Gives memory back to the operating system after a burst. The garbage collector keeps what it has freed for the next burst, and runs only
/// when objects are created, so an idle server would keep it. So does the C library of GNU with what the runtime has freed. Collections
/// take place when hardly anybody waits, and go on as long as they help: Kestrel gives up its buffers little by little.
/// </summary>
internal sealed class MemoryTrimmer(ILogger<MemoryTrimmer> logger)
    : PeriodicService(TimeSpan.FromSeconds(15), TimeProvider.System, logger, "Memory could not be given back")
{
    /// <summary>The bytes of new objects in an interval above which there is a burst.</summary>
    private const long BurstBytes = 64 << 20;

    /// <summary>The bytes of new objects in an interval below which the server is idle.</summary>
    private const long IdleBytes = 16 << 20;

    /// <summary>The bytes that make a collection worth another one.</summary>
    private const long GainBytes = 2 << 20;

    private readonly MallocTrim? _trim = FindMallocTrim();
    private long _total = GC.GetTotalAllocatedBytes();
    private bool _mayGain;

    /// <summary>The function <c>malloc_trim</c> of the C library.</summary>
    private delegate int MallocTrim(nuint bytesToKeep);

    protected override Task RunOnceAsync(CancellationToken stoppingToken)
    {
        var before = _total;
        _total = GC.GetTotalAllocatedBytes();
        _mayGain |= _total - before > BurstBytes;
        if (_mayGain && _total - before < IdleBytes)
        {
            var committed = GC.GetGCMemoryInfo().TotalCommittedBytes;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _trim?.Invoke(0);
            _mayGain = committed - GC.GetGCMemoryInfo().TotalCommittedBytes > GainBytes;
        }

        return Task.CompletedTask;
    }

    /// <returns>The function; null where the C library is another one.</returns>
    private static MallocTrim? FindMallocTrim() =>
        OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out var library)
        && NativeLibrary.TryGetExport(library, "malloc_trim", out var function)
            ? Marshal.GetDelegateForFunctionPointer<MallocTrim>(function)
            : null;
}
