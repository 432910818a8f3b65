using System.IO.Pipelines;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Deadlines;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Api.RateLimits;

namespace Thena.Accounts.Api.Intake;

/// <summary>
/// Limits how many requests with large bodies are processed at once, so that they cannot exhaust the memory. Others wait in a queue. A
/// request waits with its body already read, and gives its place back while it waits for its client to read the response.
/// </summary>
internal sealed class HeavyRequests(IOptions<RateLimitOptions> options) : IDisposable
{
    /// <summary>The size from which a body is large, in bytes.</summary>
    public const int HeavyBytes = 128 * 1_024;

    private readonly SemaphoreSlim _places = new(options.Value.HeavyRequestsAtOnce);
    private readonly int _maxWaiting = options.Value.HeavyRequestsWaiting;
    private int _waiting;

    /// <summary>Waits until a request with a body of this size may be processed. Its place is free again when the request ends.</summary>
    /// <returns>The place; <see langword="null"/> if the body is not large.</returns>
    /// <exception cref="ServerBusyException">Too many requests are waiting.</exception>
    public async ValueTask<Place?> EnterAsync(HttpContext context, long bodyBytes)
    {
        if (bodyBytes < HeavyBytes)
        {
            return null;
        }

        if (!_places.Wait(TimeSpan.Zero, CancellationToken.None))
        {
            await WaitAsync(DatabaseDeadlines.ClientOf(context));
        }

        var place = new Place(_places);
        context.Response.RegisterForDispose(place);
        return place;
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task WaitAsync(CancellationToken aborted)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > _maxWaiting)
            {
                throw new ServerBusyException(
                    StatusCodes.Status503ServiceUnavailable,
                    RequestLimits.HeavyRequests,
                    "Too many requests with large bodies are waiting.");
            }

            using var wait = RequestMetrics.Heavy.Begin();
            await _places.WaitAsync(aborted);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The place of a request that is being processed.</summary>
    internal sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private int _isHeld = 1;

        /// <summary>Gives the place back.</summary>
        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isHeld, 0) == 1)
            {
                places.Release();
            }
        }

        /// <summary>Gives the place back while the client takes what has been written, and then waits for a place again.</summary>
        public async ValueTask FlushOutsideAsync(ValueTask<FlushResult> flush, CancellationToken aborted)
        {
            if (flush.IsCompleted)
            {
                await flush;
                return;
            }

            Dispose();
            await flush;
            await places.WaitAsync(aborted);
            Volatile.Write(ref _isHeld, 1);
        }
    }
}
