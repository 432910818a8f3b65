using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Metrics;

namespace Thena.Accounts.Api.Intake;

/// <summary>
/// The bytes that bodies can occupy at the same time: a number for the server, and a smaller one for each key, so that one key cannot use
/// up what all keys share.
/// </summary>
/// <param name="total">The number of bytes for the server.</param>
/// <param name="perKey">The number of bytes for each key.</param>
/// <param name="patience">How long a request waits for bytes.</param>
/// <param name="time">The clock.</param>
internal sealed class ByteBudget(long total, long perKey, TimeSpan patience, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Ulid, long> _ofKeys = [];
    private long _taken;
    private TaskCompletionSource _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes bytes, or waits until others have returned theirs.</summary>
    /// <exception cref="ServerBusyException">The key (429) or the server (503) had too few bytes left for too long.</exception>
    public async ValueTask<Share> TakeAsync(Ulid key, long bytes, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var (refusal, returned) = TryTake(key, bytes);
            if (refusal is null)
            {
                return new Share(this, key, bytes);
            }

            var left = patience - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw refusal;
            }

            try
            {
                await returned.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw refusal;
            }
        }
    }

    private (ServerBusyException? Refusal, Task Returned) TryTake(Ulid key, long bytes)
    {
        lock (_lock)
        {
            if (bytes == 0)
            {
                return (null, Task.CompletedTask);
            }

            var ofKey = _ofKeys.GetValueOrDefault(key) + bytes;
            if (ofKey > perKey)
            {
                return (
                    new ServerBusyException(
                        StatusCodes.Status429TooManyRequests, RequestLimits.BodiesOfKey, "Too many bodies of one key are being received."),
                    _returned.Task);
            }

            if (_taken + bytes > total)
            {
                return (
                    new ServerBusyException(
                        StatusCodes.Status503ServiceUnavailable, RequestLimits.Bodies, "Too many bodies are being received."),
                    _returned.Task);
            }

            (_ofKeys[key], _taken) = (ofKey, _taken + bytes);
            return (null, Task.CompletedTask);
        }
    }

    private void Return(Ulid key, long bytes)
    {
        TaskCompletionSource returned;
        lock (_lock)
        {
            _taken -= bytes;
            if ((_ofKeys[key] -= bytes) == 0)
            {
                _ofKeys.Remove(key);
            }

            (returned, _returned) = (_returned, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        returned.SetResult();
    }

    /// <summary>Bytes that a request has taken. They are returned once it is disposed.</summary>
    internal sealed class Share(ByteBudget budget, Ulid key, long bytes) : IDisposable
    {
        private long _bytes = bytes;

        /// <summary>The number of bytes.</summary>
        public long Bytes => _bytes;

        /// <summary>Takes more bytes without waiting: requests that hold bytes and wait for more could block each other.</summary>
        /// <exception cref="ServerBusyException">The key (429) or the server (503) has too few bytes left.</exception>
        public void GrowTo(long bytes)
        {
            if (budget.TryTake(key, bytes - _bytes).Refusal is { } refusal)
            {
                throw refusal;
            }

            _bytes = bytes;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, 0) is > 0 and var held)
            {
                budget.Return(key, held);
            }
        }
    }
}
