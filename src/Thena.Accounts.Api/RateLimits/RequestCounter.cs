using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>
/// Counts the requests of each key in the current clock minute. Only valid keys are counted, and all counts are dropped when the minute
/// ends, so the keys in use bound the memory.
/// </summary>
internal sealed class RequestCounter(TimeProvider time)
{
    private const int SecondsPerMinute = 60;

    private Minute _minute = new(0);

    /// <summary>Counts one more request of a key.</summary>
    /// <returns>The number of requests in this minute, including this one, and the end of the minute in Unix seconds.</returns>
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

            // If the clock steps back into the previous minute, counting goes on. After a larger step, it starts again.
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
