using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Metrics;

namespace Thena.Accounts.Api.Moving;

/// <summary>
/// Limits the exports that run at once. An export holds a connection to the database until its client has taken the whole file, so exports
/// may only ever use a small part of the pool, and a client must take a minimum of bytes. All together are sent with a maximum of bytes:
/// an export at full speed keeps a processor and a half busy, so that the requests of others would wait.
/// </summary>
internal sealed class ExportLimits(IOptions<ExportLimitOptions> options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The time after which a refused client is to try again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrencyLimiter _ofServer = new(AtOnce(options.Value.AtOnce));
    private readonly PartitionedRateLimiter<Ulid> _ofKeys = PartitionedRateLimiter.Create<Ulid, Ulid>(
        key => RateLimitPartition.GetConcurrencyLimiter(key, _ => AtOnce(options.Value.AtOncePerKey)));

    private readonly ByteRate _rate = new(options.Value.MaxBytesPerSecond, time);

    /// <summary>Begins an export. Its place is free again when the request ends.</summary>
    /// <returns>
    /// <see langword="null"/>, or the status that refuses it: 429 if the key has too many exports, 503 if the server has.
    /// </returns>
    public int? Enter(HttpContext context, Ulid keyId)
    {
        return !TryEnter(_ofKeys.AttemptAcquire(keyId)) ? Refuse(StatusCodes.Status429TooManyRequests, RequestLimits.ExportsOfKey)
            : !TryEnter(_ofServer.AttemptAcquire()) ? Refuse(StatusCodes.Status503ServiceUnavailable, RequestLimits.Exports)
            : null;

        static int? Refuse(int status, string limit)
        {
            RequestMetrics.CountRefused(limit);
            return status;
        }

        bool TryEnter(RateLimitLease lease)
        {
            context.Response.RegisterForDispose(lease);
            return lease.IsAcquired;
        }
    }

    /// <summary>Creates the stream through which an export is sent to its client.</summary>
    public PacedStream Pace(Stream client, CancellationToken aborted) =>
        new(client, _rate, options.Value.MinBytesPerSecond, TimeSpan.FromSeconds(options.Value.PatienceSeconds), aborted);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ofKeys.DisposeAsync();
        await _ofServer.DisposeAsync();
    }

    private static ConcurrencyLimiterOptions AtOnce(int number) => new() { PermitLimit = number, QueueLimit = 0 };
}
