using System.Diagnostics;
using System.Text.RegularExpressions;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// What every answer carries, errors included: the id of its request, and that browsers must not guess its type; what a key has shown is
/// not to be kept on the way.
/// </summary>
internal static partial class RequestHeaders
{
    /// <summary>The header of the id.</summary>
    public const string RequestId = "X-Request-Id";

    /// <summary>
    /// Takes over the id that a client or a proxy has given, when it is sane; else makes one, the trace's where there is a trace. It is in
    /// the answer and in
    /// every line of the log.
    /// </summary>
    public static void UseRequestHeaders(this WebApplication app) => app.Use(async (context, next) =>
    {
        var id = context.Request.Headers[RequestId] is [{ } given] && Sane().IsMatch(given)
            ? given
            : Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N");
        context.TraceIdentifier = id;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[RequestId] = id;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            if (context.Features.Get<Caller>() is not null)
            {
                // Caches know that Authorization makes an answer one caller's own, but not that a key does.
                context.Response.Headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });

        // The scope that the host has opened keeps the id from before.
        using (app.Logger.BeginScope(new KeyValuePair<string, object>[] { new("RequestId", id) }))
        {
            await next(context);
        }
    });

    [GeneratedRegex(@"^[A-Za-z0-9._:/+=\-]{1,128}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sane();
}
