using System.Diagnostics;
using System.Text.RegularExpressions;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Middleware;

/// <summary>
/// Adds the headers of every response, errors included: the request ID and <c>X-Content-Type-Options</c>. Authenticated responses also
/// get <c>Cache-Control: no-store</c>.
/// </summary>
internal static partial class ResponseHeaders
{
    /// <summary>The header of the request ID.</summary>
    public const string RequestId = "X-Request-Id";

    /// <summary>
    /// Accepts the request ID of the client or a proxy, if it is well-formed. Otherwise uses the trace ID, or a new ID if there is no
    /// trace. The ID is in the response and in every log line of the request.
    /// </summary>
    public static void UseResponseHeaders(this WebApplication app) => app.Use(async (context, next) =>
    {
        var id = context.Request.Headers[RequestId] is [{ } given] && WellFormedId().IsMatch(given)
            ? given
            : Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N");
        context.TraceIdentifier = id;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[RequestId] = id;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (context.Features.Get<Caller>() is not null)
            {
                // Shared caches do not store responses to requests with Authorization, but they do not know the key header.
                context.Response.Headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });

        // Overrides the host's log scope, which still has the previous ID.
        using (app.Logger.BeginScope(new KeyValuePair<string, object>[] { new("RequestId", id) }))
        {
            await next(context);
        }
    });

    [GeneratedRegex(@"^[A-Za-z0-9._:/+=\-]{1,128}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WellFormedId();
}
