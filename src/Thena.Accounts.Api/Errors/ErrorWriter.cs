using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Thena.Accounts.Api.Responses;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Errors;

/// <summary>Answers with the error body of the contract. Every error response is made here.</summary>
internal static class ErrorWriter
{
    /// <summary>Answers with a status and the contract's message for it.</summary>
    public static Task WriteAsync(HttpContext context, int status) =>
        WriteAsync(context, status, ErrorMessages.For(status, context.Request));

    /// <summary>Answers with a status, the contract's message for it, and the time after which a retry may succeed.</summary>
    public static Task WriteAsync(HttpContext context, int status, TimeSpan retryAfter)
    {
        RetryAfter(context, retryAfter);
        return WriteAsync(context, status);
    }

    /// <summary>Answers with a status and a message.</summary>
    public static Task WriteAsync(HttpContext context, int status, string message) => WriteAsync(context, new ErrorResponse
    {
        StatusCode = status,
        Message = message,
        Error = ReasonPhrases.GetReasonPhrase(status),
    });

    /// <summary>Answers with an expected failure.</summary>
    public static Task WriteAsync(HttpContext context, Error error)
    {
        var status = StatusOf(error.Kind);
        if (error.RetryAfter is { } wait)
        {
            RetryAfter(context, wait);
        }

        return WriteAsync(context, new ErrorResponse
        {
            StatusCode = status,
            Message = error.Message,
            Error = ReasonPhrases.GetReasonPhrase(status),
            Errors = error.Fields.Count > 0 ? error.Fields : null,
            ExistingId = error.ExistingId,
            UsageCount = error.UsageCount,
            OldestCursor = error.OldestCursor,
        });
    }

    /// <summary>Tells the seconds to wait, at least one.</summary>
    private static void RetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Gone => StatusCodes.Status410Gone,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.VersionChanged => StatusCodes.Status412PreconditionFailed,
        ErrorKind.KeyReused => StatusCodes.Status422UnprocessableEntity,
        _ => throw new InvalidOperationException($"No status for {kind}."),
    };

    private static Task WriteAsync(HttpContext context, ErrorResponse body)
    {
        context.Response.StatusCode = body.StatusCode;
        return ResponseJson.WriteAsync(context, body, typeof(ErrorResponse));
    }
}
