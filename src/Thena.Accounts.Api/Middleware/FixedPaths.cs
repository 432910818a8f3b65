using Thena.Accounts.Api.Errors;

namespace Thena.Accounts.Api.Middleware;

/// <summary>
/// Answers a wrong method on a fixed path with 405 and the methods of that path. For <c>/v1/accounts/bulk</c>, routing alone would also
/// list the methods of <c>/v1/accounts/{id}</c>.
/// </summary>
internal static class FixedPaths
{
    public static IApplicationBuilder UseFixedPaths(this WebApplication app)
    {
        var methods = new Lazy<ILookup<string, string>>(() => ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0)
            .SelectMany(
                endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [],
                (endpoint, method) => (Path: "/" + endpoint.RoutePattern.RawText?.Trim('/'), Method: method))
            .ToLookup(fixedPath => fixedPath.Path, fixedPath => fixedPath.Method, StringComparer.OrdinalIgnoreCase));

        return app.Use((context, next) =>
        {
            var allowed = methods.Value[context.Request.Path.Value!.TrimEnd('/')];
            if (!allowed.Any() || allowed.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
            {
                return next(context);
            }

            context.Response.Headers.Allow = string.Join(", ", allowed.Order(StringComparer.Ordinal));
            return ErrorWriter.WriteAsync(context, StatusCodes.Status405MethodNotAllowed);
        });
    }
}
