using Microsoft.AspNetCore.Routing.Patterns;
using Thena.Accounts.Api.Errors;

namespace Thena.Accounts.Api.Middleware;

/// <summary>
/// Keeps the fixed segments of paths from being read as IDs. A wrong method on <c>/v1/accounts/bulk</c> is a 405 with the methods of that
/// path, although <c>/v1/accounts/{id}</c> has others. <c>/v1/accounts/filter</c>, with which only other paths begin, is a 404.
/// </summary>
internal static class FixedPaths
{
    public static IApplicationBuilder UseFixedPaths(this WebApplication app)
    {
        var paths = new Lazy<Dictionary<string, SortedSet<string>>>(
            () => Read(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()));
        return app.Use((context, next) =>
        {
            if (!paths.Value.TryGetValue(context.Request.Path.Value!.TrimEnd('/'), out var methods)
                || methods.Contains(context.Request.Method))
            {
                return next(context);
            }

            if (methods.Count == 0)
            {
                return ErrorWriter.WriteAsync(context, StatusCodes.Status404NotFound);
            }

            context.Response.Headers.Allow = string.Join(", ", methods);
            return ErrorWriter.WriteAsync(context, StatusCodes.Status405MethodNotAllowed);
        });
    }

    /// <summary>Reads the fixed paths with which routes begin, and the methods of those that are whole routes.</summary>
    private static Dictionary<string, SortedSet<string>> Read(IEnumerable<RouteEndpoint> endpoints)
    {
        Dictionary<string, SortedSet<string>> paths = new(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in endpoints.Where(one => one.Metadata.GetMetadata<HttpMethodMetadata>() is not null))
        {
            var path = "";
            var segments = endpoint.RoutePattern.PathSegments;
            var fixedSegments = segments.TakeWhile(segment => segment.IsSimple && segment.Parts[0] is RoutePatternLiteralPart).ToList();
            foreach (var segment in fixedSegments)
            {
                path += "/" + ((RoutePatternLiteralPart)segment.Parts[0]).Content;
                paths.TryAdd(path, new SortedSet<string>(StringComparer.OrdinalIgnoreCase));
            }

            if (fixedSegments.Count == segments.Count && segments.Count > 0)
            {
                paths[path].UnionWith(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods);
            }
        }

        return paths;
    }
}
