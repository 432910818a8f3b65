namespace Thena.Accounts.Api.Moving;

/// <summary>
/// Divides a number of bytes per second among all that is sent. Each part gets the time that follows on that of the part before, and waits
/// until it begins.
/// </summary>
/// <param name="bytesPerSecond">The number of bytes.</param>
/// <param name="time">The clock.</param>
internal sealed class ByteRate(long bytesPerSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _free;

    /// <summary>Waits until some bytes can be sent.</summary>
    /// <param name="bytes">Their number.</param>
    /// <param name="cancellationToken">Token that ends the wait. The time of these bytes stays taken.</param>
    public Task WaitAsync(int bytes, CancellationToken cancellationToken)
    {
        long start, now;
        lock (_lock)
        {
            now = time.GetTimestamp();
            start = Math.Max(_free, now);
            _free = start + (bytes * time.TimestampFrequency / bytesPerSecond);
        }

        return start == now ? Task.CompletedTask : Task.Delay(time.GetElapsedTime(now, start), time, cancellationToken);
    }
}
