using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Api.Hosting;

/// <summary>What every answer carries, errors included: the id of its request, and that browsers must not guess its type.</summary>
internal static partial class RequestHeaders
{
    /// <summary>The header of the id.</summary>
    public const string RequestId = "X-Request-Id";

    /// <summary>
    /// Takes over the id that a client or a proxy has given, when it is sane; else makes one, the trace's where there is a trace. It is in the answer and in
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
