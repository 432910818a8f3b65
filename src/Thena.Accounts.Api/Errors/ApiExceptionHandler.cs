using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Api.Errors;

/// <summary>
/// Answers exceptions: with 503 if the database is unavailable or the server busy, with 429 if it is busy with the same key, with the
/// status of a request that the server refused, otherwise with 500.
/// </summary>
internal sealed class ApiExceptionHandler(DatabaseConnections connections, ILogger<ApiExceptionHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is ConnectionResetException || httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client is gone, so nobody reads a response. Its transaction has been rolled back. Kestrel, which may not have noticed,
            // must not go on reading the body: what has failed is still under way for it.
            httpContext.Abort();
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        if (StatusOfRefusal(exception) is { } refused)
        {
            await ErrorWriter.WriteAsync(httpContext, refused);
            return true;
        }

        if (exception is ServerBusyException || DatabaseFaults.IsUnavailable(exception))
        {
            if (DatabaseFaults.IsNodeLost(exception))
            {
                connections.Renew();
            }

            var busy = exception as ServerBusyException;
            if (busy is not null)
            {
                RequestMetrics.CountRefused(busy.Limit);
            }

            var level = busy is not null ? LogLevel.Warning : LogLevel.Error;
            logger.Log(level, "A request could not be processed: {Reason}", exception.GetBaseException().Message);
            await ErrorWriter.WriteAsync(httpContext, busy?.Status ?? StatusCodes.Status503ServiceUnavailable, RetryAfter);
            return true;
        }

        logger.LogError(exception, "A request failed");
        await ErrorWriter.WriteAsync(httpContext, StatusCodes.Status500InternalServerError);
        return true;
    }

    /// <summary>
    /// Returns the status of a request that Kestrel refuses. A chunk size that overflows is the only malformed body for which it has
    /// another exception.
    /// </summary>
    private static int? StatusOfRefusal(Exception exception) => exception switch
    {
        BadHttpRequestException refused => refused.StatusCode,
        IOException { InnerException: OverflowException } => StatusCodes.Status400BadRequest,
        _ => null,
    };
}
