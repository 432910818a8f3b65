using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Conditions;
using Thena.Accounts.Api.Files;
using Thena.Accounts.Api.Middleware;
using Thena.Accounts.Api.RateLimits;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>The headers of requests and responses. The document describes each once, and operations refer to it.</summary>
internal static class OperationHeaders
{
    /// <summary>The header of the version that a request changes.</summary>
    public const string IfMatch = "If-Match";

    private const string ETag = "ETag", IfNoneMatch = "If-None-Match", Link = "Link", RetryAfter = "Retry-After";

    private static readonly (string Name, JsonSchemaType Type, string Description)[] Headers =
    [
        (
            ResponseHeaders.RequestId,
            JsonSchemaType.String,
            "The request ID: the one that was sent, or a new one. Every log line of the request has it."),
        (RateLimitHeaders.Limit, JsonSchemaType.Integer, "The number of requests per minute for the key."),
        (RateLimitHeaders.Remaining, JsonSchemaType.Integer, "The number of requests left in this minute."),
        (RateLimitHeaders.Reset, JsonSchemaType.Integer, "The time at which the minute ends, in UNIX seconds."),
        (RateLimitHeaders.Ip, JsonSchemaType.String, "The IP address of the client."),
        (RateLimitHeaders.UserId, JsonSchemaType.String, "The user of the key."),
        (RateLimitHeaders.OrganizationId, JsonSchemaType.String, "The user's organization."),
        (RateLimitHeaders.Path, JsonSchemaType.String, "The path of the request."),
        (
            ETag,
            JsonSchemaType.String,
            "The version of the record, for `If-Match`. It also changes when data from related records changes, such as "
                + "the owner's name."),
        (IdempotencyKeys.ReplayedHeader, JsonSchemaType.String, "`true` if this is the stored response to an earlier identical request."),
        (RetryAfter, JsonSchemaType.Integer, "The number of seconds to wait before the next attempt."),
        (Link, JsonSchemaType.String, "The links first, prev, next and, with includeTotal, last. Following next returns every row once."),
        (PageHeaders.TotalCount, JsonSchemaType.Integer, "The total number of rows. Only present with includeTotal=true."),
    ];

    private static readonly HashSet<string> Extensions = new(StringComparer.Ordinal)
    {
        ResponseHeaders.RequestId, ETag, IdempotencyKeys.ReplayedHeader, Link, PageHeaders.TotalCount,
    };

    // Generators of clients copy patterns into code, and do not all escape a quotation mark: \x22.
    private static readonly (string Name, string? Pattern, string Description)[] Conditions =
    [
        (
            IdempotencyKeys.Header,
            @"^(?:\x22(?:[!#-\[\]-~]|\\[\x22\\]){1,255}\x22|[!#-~][!-~]{0,254})$",
            "Makes the request safe to repeat: it takes effect once, and a repetition returns the first response. 1 to 255 visible ASCII "
                + "characters, quoted or not. Use a new key, such as a UUID, for each request."),
        (
            IfMatch,
            @"^(?:\*|(?:W/)?\x22[!#-~]*\x22(?: *, *(?:W/)?\x22[!#-~]*\x22)*)$",
            "The version of the record that you know: its `ETag`, or its `updatedAt` in double quotes. If the record has changed since, "
                + "the request changes nothing and returns 412. `*` matches any version."),
        (
            IfNoneMatch,
            null,
            "The `ETag` of a response that you have. If the response would be the same, the server returns 304 without a body."),
    ];

    /// <summary>Returns the names of the headers that make a request conditional, which the documented API does not have.</summary>
    public static IEnumerable<string> ConditionsOf(OperationFilterContext context)
    {
        var method = context.ApiDescription.HttpMethod!;
        if (!ExtensionMarks.AreIn(context.DocumentName))
        {
            yield break;
        }

        if (
            !HttpMethods.IsGet(method) && context.MethodInfo.GetCustomAttribute<ReadsOnlyAttribute>() is null
                && context.MethodInfo.GetCustomAttribute<ReadsFileAttribute>() is null)
        {
            yield return IdempotencyKeys.Header;
        }

        if (HttpMethods.IsPut(method) || HttpMethods.IsDelete(method))
        {
            yield return IfMatch;
        }

        if (HttpMethods.IsGet(method) && IsVersioned(context))
        {
            yield return IfNoneMatch;
        }
    }

    /// <summary>Refers to the headers of the request, which the document describes once.</summary>
    public static void AddConditions(OpenApiOperation operation, string[] names, OpenApiDocument document)
    {
        if (names.Length == 0)
        {
            return;
        }

        document.Components ??= new OpenApiComponents();
        document.Components.Parameters ??= Conditions.ToDictionary(
            condition => condition.Name,
            IOpenApiParameter (condition) => new OpenApiParameter
            {
                Name = condition.Name,
                In = ParameterLocation.Header,
                Description = condition.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = condition.Pattern },
            },
            StringComparer.Ordinal);
        operation.Parameters ??= [];
        foreach (var name in names)
        {
            operation.Parameters.Add(new OpenApiParameterReference(name, document));
        }

        if (names.Contains(IfNoneMatch, StringComparer.Ordinal))
        {
            operation.Responses!["304"] = new OpenApiResponse { Description = "The response has not changed." };
        }
    }

    /// <summary>Refers from each response to its headers, which the document describes once.</summary>
    public static void AddToResponses(OpenApiOperation operation, string[] conditions, OperationFilterContext context)
    {
        var document = context.Document;
        var headers = Headers.Where(header => ExtensionMarks.AreIn(context.DocumentName) || !Extensions.Contains(header.Name)).ToList();
        document.Components ??= new OpenApiComponents();
        document.Components.Headers ??= headers.ToDictionary(
            header => header.Name,
            IOpenApiHeader (header) => new OpenApiHeader
            {
                Description = header.Description,
                Schema = new OpenApiSchema { Type = header.Type },
            },
            StringComparer.Ordinal);
        var isList = operation.Parameters?.Any(parameter => parameter.Name == "includeTotal") == true;
        foreach (var (status, response) in operation.Responses!)
        {
            var described = response is OpenApiResponseReference { Reference.Id: { } shared }
                ? document.Components.Responses![shared]
                : response;
            ((OpenApiResponse)described).Headers = headers
                .Where(header => header.Name switch
                {
                    RetryAfter => status is "409" or "429" or "503",
                    ETag => status is "200" or "201" or "304" && IsVersioned(context),
                    IdempotencyKeys.ReplayedHeader =>
                        status is "200" or "201" && conditions.Contains(IdempotencyKeys.Header, StringComparer.Ordinal),
                    Link or PageHeaders.TotalCount => isList && status == "200",
                    ResponseHeaders.RequestId => true,
                    _ => status != "401",
                })
                .ToDictionary(
                    header => header.Name,
                    IOpenApiHeader (header) => new OpenApiHeaderReference(header.Name, document),
                    StringComparer.Ordinal);
        }
    }

    private static bool IsVersioned(OperationFilterContext context) =>
        context.ApiDescription.SupportedResponseTypes.Any(response => typeof(IVersioned).IsAssignableFrom(response.Type));
}
