namespace Thena.Accounts.Api.Errors;

/// <summary>
/// Answers a wrong method on a fixed path with 405. Routing alone would see an id in <c>bulk</c> of <c>DELETE /v1/accounts/bulk</c>, find that it is
/// none, and say 404.
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
            var allowed = context.GetEndpoint() is null ? methods.Value[context.Request.Path.Value!.TrimEnd('/')] : [];
            if (!allowed.Any())
            {
                return next(context);
            }

            context.Response.Headers.Allow = string.Join(", ", allowed.Order(StringComparer.Ordinal));
            return ErrorWriter.WriteAsync(context, StatusCodes.Status405MethodNotAllowed);
        });
    }
}
