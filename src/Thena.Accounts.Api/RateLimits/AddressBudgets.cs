using System.Net;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>
/// A number per minute for each client address. It is refilled evenly, and an address that has not used it for a while has all of it.
/// </summary>
/// <param name="limit">The number. 0 for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class AddressBudgets(int limit, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _pause = limit == 0 ? TimeSpan.Zero : Window / limit;
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();

    /// <summary>When an address has all of its budget again. Addresses that have all of it are left out.</summary>
    private readonly Dictionary<IPAddress, TimeSpan> _fullAt = [];

    private TimeSpan _sweptAt;

    /// <summary>Takes one from the budget of an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="wait">The time until there is one again, if there is none.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(IPAddress address, out TimeSpan wait)
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(_start);
            Sweep(now);
            var fullAt = _fullAt.GetValueOrDefault(address);
            fullAt = (fullAt > now ? fullAt : now) + _pause;
            wait = fullAt - now - Window;
            if (wait > TimeSpan.Zero)
            {
                return false;
            }

            _fullAt[address] = fullAt;
            return true;
        }
    }

    /// <summary>Gives back one that was taken.</summary>
    public void GiveBack(IPAddress address)
    {
        lock (_gate)
        {
            if (_fullAt.TryGetValue(address, out var fullAt))
            {
                _fullAt[address] = fullAt - _pause;
            }
        }
    }

    private void Sweep(TimeSpan now)
    {
        if (now - _sweptAt < Window)
        {
            return;
        }

        _sweptAt = now;
        foreach (var (address, fullAt) in _fullAt)
        {
            if (fullAt <= now)
            {
                _fullAt.Remove(address);
            }
        }
    }
}
