namespace Thena.Accounts.Postgres.Connections;

/// <summary>
/// The time that one request waits for the database, over all its connections, statements and repetitions. The time in which the request
/// waits for its client does not count. A client that leaves does not end it: to cancel a statement costs its connection, which other
/// clients use too (ADR 19).
/// </summary>
/// <param name="time">The clock.</param>
public sealed class DatabaseDeadline(TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _passed = new();
    private readonly Lock _gate = new();
    private TimeSpan? _left;
    private long _started;
    private ITimer? _timer;
    private bool _isSlow;

    /// <summary>Fires when the time is over.</summary>
    public CancellationToken Token => _passed.Token;

    /// <summary>The seconds that are left, rounded up; null if the clock stands still.</summary>
    internal int? SecondsLeft => _timer is null ? null : Math.Max(1, (int)Math.Ceiling(Left().TotalSeconds));

    /// <summary>Lets the clock run until the returned object is disposed. It can run several times.</summary>
    /// <param name="limit">The time in all, or null for no limit.</param>
    public IDisposable Start(TimeSpan? limit)
    {
        if (limit is not null)
        {
            _left ??= limit;
            _started = time.GetTimestamp();
            _timer = time.CreateTimer(_ => OnTimer(), state: null, Later(_left.Value / 2), Timeout.InfiniteTimeSpan);
        }

        return new Run(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _passed.Dispose();
    }

    private void Stop()
    {
        lock (_gate)
        {
            if (_timer is not null)
            {
                _timer.Dispose();
                _timer = null;
                _left = Left();
                SetSlow(false);
            }
        }
    }

    /// <summary>Runs after half of the time, and at its end.</summary>
    private void OnTimer()
    {
        lock (_gate)
        {
            if (_timer is null)
            {
                return;
            }

            if (Left() > TimeSpan.Zero)
            {
                SetSlow(true);
                _timer.Change(Later(Left()), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        try
        {
            _passed.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request has ended in the meantime.
        }
    }

    private TimeSpan Left() => _left!.Value - time.GetElapsedTime(_started);

    /// <summary>Timers may be early by a millisecond.</summary>
    private static TimeSpan Later(TimeSpan due) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(due.TotalMilliseconds) + 1));

    private void SetSlow(bool isSlow)
    {
        if (_isSlow != isSlow)
        {
            _isSlow = isSlow;
            SpareThreads.Add(isSlow ? 1 : -1);
        }
    }

    private sealed class Run(DatabaseDeadline deadline) : IDisposable
    {
        public void Dispose() => deadline.Stop();
    }
}
