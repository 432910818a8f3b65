using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Thena.Accounts.Postgres.Metrics;

/// <summary>Measures requests that wait for the same thing: how many do now, and for how long each has.</summary>
/// <param name="name">The name of both instruments, without <c>.waiting</c> and <c>.wait</c>.</param>
/// <param name="waiting">The description of the number of requests that wait.</param>
/// <param name="wait">The description of the time that each has waited.</param>
public sealed class WaitMeter(string name, string waiting, string wait)
{
    private readonly UpDownCounter<int> _waiting =
        ServerMeter.Meter.CreateUpDownCounter<int>($"{name}.waiting", "{request}", waiting);

    private readonly Histogram<double> _waits =
        ServerMeter.Meter.CreateHistogram<double>($"{name}.wait", "s", wait);

    /// <summary>Counts a request that waits, until the result is disposed.</summary>
    public Wait Begin() => new(this);

    /// <summary>A request that waits.</summary>
    public sealed class Wait : IDisposable
    {
        private readonly WaitMeter _meter;
        private readonly long _started = Stopwatch.GetTimestamp();

        internal Wait(WaitMeter meter)
        {
            _meter = meter;
            meter._waiting.Add(1);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _meter._waiting.Add(-1);
            _meter._waits.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds);
        }
    }
}
