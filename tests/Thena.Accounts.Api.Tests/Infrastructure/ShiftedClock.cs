namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>A clock that differs from that of the machine, and can be moved on.</summary>
/// <param name="ahead">The time by which it is ahead.</param>
public sealed class ShiftedClock(TimeSpan ahead = default) : TimeProvider
{
    private long _ahead = ahead.Ticks;

    /// <summary>Whether timers never end. Otherwise they take their time on the clock of the machine.</summary>
    public bool StopsTimers { get; init; }

    /// <summary>Moves the clock on.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => StopsTimers
        ? base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
        : base.CreateTimer(callback, state, dueTime, period);
}
