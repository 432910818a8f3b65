using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Middleware;

/// <summary>
/// Refuses query strings that contain U+0000, which the database cannot store, or a key, which logs and browser histories would keep.
/// </summary>
internal static class QueryTextMiddleware
{
    public static IApplicationBuilder UseQueryTextCheck(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        foreach (var (name, values) in context.Request.Query)
        {
            if (values.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true))
            {
                return ErrorWriter.WriteAsync(
                    context, Error.Invalid([new FieldError(name, $"{name} must not contain the character U+0000")]));
            }

            if (name.Equals(ApiKeyDefaults.Header, StringComparison.OrdinalIgnoreCase) || values.Any(ApiKeySecret.MayContainKey))
            {
                return ErrorWriter.WriteAsync(
                    context, Error.Invalid($"A key must not be sent in the query string: send it in the header {ApiKeyDefaults.Header}"));
            }
        }

        return next(context);
    });
}
