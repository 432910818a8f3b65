using System.Net;

namespace Thena.Accounts.Api.OpenApi.Page;

/// <summary>
/// Gives the development key to the pages, so that nobody has to copy it from the console. The server gives it to a browser on the same
/// machine alone, and not to a page of another site that points its own name at this machine.
/// </summary>
internal static class KeyOfPages
{
    private const string Path = "/openapi/development-key";

    /// <summary>Answers with the key, or with nothing if there is none to give.</summary>
    public static void UseKeyOfPages(this IApplicationBuilder app, Func<string?> developmentKey) =>
        app.Map(Path, page => page.Run(context =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (developmentKey() is not { } key || !IsOnThisMachine(context))
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            }

            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync(key, context.RequestAborted);
        }));

    private static bool IsOnThisMachine(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return context.Connection.RemoteIpAddress is { } client && IPAddress.IsLoopback(client)
            && (host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
            && !context.Request.Headers.ContainsKey("Forwarded") && !context.Request.Headers.ContainsKey("X-Forwarded-For");
    }
}
