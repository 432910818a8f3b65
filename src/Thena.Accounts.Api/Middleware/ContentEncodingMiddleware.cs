using Microsoft.Net.Http.Headers;
using Thena.Accounts.Api.Errors;

namespace Thena.Accounts.Api.Middleware;

/// <summary>Refuses compressed request bodies, and tells clients to send them uncompressed (contract: General, input).</summary>
internal static class ContentEncodingMiddleware
{
    private const string Identity = "identity";

    public static IApplicationBuilder UseContentEncodingCheck(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var encodings = context.Request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding);
        if (encodings.All(encoding => encoding.Equals(Identity, StringComparison.OrdinalIgnoreCase)))
        {
            return next(context);
        }

        context.Response.Headers.AcceptEncoding = Identity;
        return ErrorWriter.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding must be {Identity}!");
    });
}
