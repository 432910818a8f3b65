using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Binding;

/// <summary>The headers of lists: <c>Link</c> and, on request, <c>X-Total-Count</c> (contract: General, lists).</summary>
internal static class PageHeaders
{
    /// <summary>The header of the total number of rows.</summary>
    public const string TotalCount = "X-Total-Count";

    /// <summary>Returns the rows of a page, or the error, and sets the paging headers.</summary>
    public static Microsoft.AspNetCore.Mvc.ActionResult<IReadOnlyList<T>> ToList<T>(
        this Result<Page<T>> result, PageQuery query, HttpContext context)
    {
        if (!result.TryGetValue(out var page, out var error))
        {
            return new ErrorResult(error);
        }

        Write(page, query, context);
        return page.Items.ToOk();
    }

    private static void Write<T>(Page<T> page, PageQuery query, HttpContext context)
    {
        var number = query.Page ?? 1;
        List<string> links = [Link(context, "first", 1, null)];
        if (number > 1)
        {
            links.Add(Link(context, "prev", number - 1, null));
        }

        if (page.Next is { } next)
        {
            links.Add(Link(context, "next", number + 1, next));
        }

        if (page.Total is { } total)
        {
            var limit = query.Limit ?? PageQuery.DefaultLimit;
            links.Add(Link(context, "last", Math.Max(1, (total + limit - 1) / limit), null));
            context.Response.Headers[TotalCount] = total.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.Headers.Link = string.Join(", ", links);
    }

    private static string Link(HttpContext context, string relation, long page, string? cursor)
    {
        var request = context.Request;
        var parameters = request.Query
            .Where(
                parameter => !parameter.Key.Equals("page", StringComparison.OrdinalIgnoreCase)
                    && !parameter.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase))
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value))
            .Append(KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture)));
        parameters = cursor is null ? parameters : parameters.Append(KeyValuePair.Create("cursor", (string?)cursor));
        var address = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}";
        return $"<{QueryHelpers.AddQueryString(address, parameters)}>; rel=\"{relation}\"";
    }
}
