using Microsoft.AspNetCore.Diagnostics;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Api.Errors;

/// <summary>
/// Answers when something broke: 503 while the database cannot be reached, the status that the server refused a request with, else 500.
/// </summary>
internal sealed class FaultHandler(DatabaseConnections connections, ILogger<FaultHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "2";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to read an answer; what was begun has been rolled back.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        if (exception is BadHttpRequestException refused)
        {
            await ErrorWriter.WriteAsync(httpContext, refused.StatusCode);
            return true;
        }

        if (DatabaseFaults.IsUnavailable(exception))
        {
            if (DatabaseFaults.IsConnectionLost(exception))
            {
                connections.Renew();
            }

            logger.LogError("The database is not available: {Reason}", exception.GetBaseException().Message);
            httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
            await ErrorWriter.WriteAsync(httpContext, StatusCodes.Status503ServiceUnavailable);
            return true;
        }

        logger.LogError(exception, "A request failed");
        await ErrorWriter.WriteAsync(httpContext, StatusCodes.Status500InternalServerError);
        return true;
    }
}
