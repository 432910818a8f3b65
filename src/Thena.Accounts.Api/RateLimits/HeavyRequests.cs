using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Hosting;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>
/// Limits how many requests with large bodies are processed at once, so that they cannot exhaust the memory. Others wait in a queue. A
/// request waits with its body already read, so slow clients do not hold a place.
/// </summary>
internal sealed class HeavyRequests(IOptions<RateLimitOptions> options) : IAsyncDisposable
{
    /// <summary>The size from which a body is large, in bytes.</summary>
    public const int HeavyBytes = 128 * 1_024;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.HeavyRequestsAtOnce,
        QueueLimit = options.Value.HeavyRequestsWaiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits until a request with a body of this size may be processed. Its place is free again when the request ends.</summary>
    /// <exception cref="ServerBusyException">Too many requests are waiting.</exception>
    public async ValueTask EnterAsync(HttpContext context, int bodyBytes)
    {
        if (bodyBytes < HeavyBytes)
        {
            return;
        }

        var lease = await _limiter.AcquireAsync(permitCount: 1, DatabaseDeadlines.ClientOf(context));
        context.Response.RegisterForDispose(lease);
        if (!lease.IsAcquired)
        {
            throw new ServerBusyException();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _limiter.DisposeAsync();
}
