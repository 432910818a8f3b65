using System.Collections.Concurrent;
using Thena.Accounts.Api.Metrics;

namespace Thena.Accounts.Api.Events;

/// <summary>The requests that wait for events, or stream them. Each key may have a few of them at once.</summary>
internal sealed class FeedReaders
{
    /// <summary>The largest number for a key.</summary>
    public const int MaxPerKey = 10;

    private readonly ConcurrentDictionary<Ulid, int> _open = new();

    /// <summary>The number of all of them.</summary>
    public int Count => _open.Values.Sum();

    /// <summary>Counts a request of a key in.</summary>
    /// <returns>What ends the request; null if the key has too many.</returns>
    public IDisposable? Enter(Ulid keyId)
    {
        if (_open.AddOrUpdate(keyId, 1, (_, count) => count + 1) <= MaxPerKey)
        {
            return new Leaving(this, keyId);
        }

        Leave(keyId);
        RequestMetrics.CountRefused(RequestLimits.FeedReaders);
        return null;
    }

    private void Leave(Ulid keyId)
    {
        if (_open.AddOrUpdate(keyId, 0, (_, count) => count - 1) == 0)
        {
            _open.TryRemove(KeyValuePair.Create(keyId, 0));
        }
    }

    private sealed class Leaving(FeedReaders readers, Ulid keyId) : IDisposable
    {
        public void Dispose() => readers.Leave(keyId);
    }
}
