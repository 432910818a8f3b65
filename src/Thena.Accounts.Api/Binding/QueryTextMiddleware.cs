using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.Binding;

/// <summary>Refuses query strings that hold U+0000, which no text of the database can.</summary>
internal static class QueryTextMiddleware
{
    public static IApplicationBuilder UseQueryTextCheck(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        foreach (var (name, values) in context.Request.Query)
        {
            if (values.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true))
            {
                return ErrorWriter.WriteAsync(context, Error.Invalid([new FieldError(name, $"{name} must not contain the character U+0000")]));
            }
        }

        return next(context);
    });
}
