using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>
/// Counts requests by key in the minute of the clock. Only valid keys are counted and all counts end with the minute: memory is bounded by
/// the keys in use.
/// </summary>
internal sealed class RequestCounter(TimeProvider time)
{
    private const int SecondsPerMinute = 60;

    private Minute _minute = new(0);

    /// <summary>Counts one more request of a key.</summary>
    /// <returns>How many it has made in this minute, this one included, and when the minute ends, in UNIX seconds.</returns>
    public (int Requests, long ResetAt) Count(Ulid keyId)
    {
        var minute = Current();
        var requests = Interlocked.Increment(ref minute.Requests.GetOrAdd(keyId, _ => new StrongBox<int>()).Value);
        return (requests, (minute.Number + 1) * SecondsPerMinute);
    }

    private Minute Current()
    {
        var number = time.GetUtcNow().ToUnixTimeSeconds() / SecondsPerMinute;
        while (true)
        {
            var minute = Volatile.Read(ref _minute);

            // A clock that is set back a little goes on counting; by more, it begins anew.
            if (
                minute.Number == number
                    || minute.Number == number + 1
                    || Interlocked.CompareExchange(ref _minute, new Minute(number), minute) == minute)
            {
                return Volatile.Read(ref _minute);
            }
        }
    }

    private sealed class Minute(long number)
    {
        public long Number => number;

        public ConcurrentDictionary<Ulid, StrongBox<int>> Requests { get; } = new();
    }
}
