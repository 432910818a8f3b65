using System.Globalization;
using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Middleware;
using Thena.Accounts.Api.RateLimits;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Adds to each operation the errors that it returns and the headers of its responses.</summary>
internal sealed class OperationFilter : IOperationFilter
{
    private static readonly int[] ErrorsOfEveryOperation =
    [
        StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable,
    ];

    private static readonly Dictionary<int, string> Errors = new()
    {
        [StatusCodes.Status400BadRequest] = "The request is not valid. The response lists every problem.",
        [StatusCodes.Status401Unauthorized] = "The key is missing, unknown, revoked or expired.",
        [StatusCodes.Status403Forbidden] = "The key lacks the scope for the operation, or the organization's tier does not include it.",
        [StatusCodes.Status404NotFound] = "A record that the request names does not exist.",
        [StatusCodes.Status408RequestTimeout] = "The body took too long to arrive.",
        [StatusCodes.Status409Conflict] = "The request conflicts with an existing record.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is too large.",
        [StatusCodes.Status415UnsupportedMediaType] = "The body is not JSON, or is compressed.",
        [StatusCodes.Status429TooManyRequests] = "The key has reached its limit of requests per minute.",
        [StatusCodes.Status500InternalServerError] = "The server failed. Search its log for the request ID.",
        [StatusCodes.Status503ServiceUnavailable] = "The database is temporarily unavailable.",
    };

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
        ("Retry-After", JsonSchemaType.Integer, "The number of seconds to wait before the next attempt."),
        ("Link", JsonSchemaType.String, "The links first, prev, next and, with includeTotal, last. Following next returns every row once."),
        (PageHeaders.TotalCount, JsonSchemaType.Integer, "The total number of rows. Only present with includeTotal=true."),
    ];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        AddErrors(operation, context);
        AddHeaders(operation, context.Document);

        // Clients take a cursor from a link. They never make one.
        operation.Parameters = operation.Parameters?.Where(parameter => parameter.Name is not "cursor").ToList();
        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
        }
    }

    private static void AddErrors(OpenApiOperation operation, OperationFilterContext context)
    {
        IEnumerable<int> errors = context.MethodInfo.GetCustomAttribute<ProducesErrorsAttribute>()?.Statuses ?? [];
        errors = operation.RequestBody is null ? errors : errors.Append(StatusCodes.Status408RequestTimeout);
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ErrorResponse), context.SchemaRepository);
        operation.Responses ??= [];
        foreach (var status in errors.Concat(ErrorsOfEveryOperation).Order())
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = Errors[status],
                Content =
                    new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
            };
        }
    }

    /// <summary>Refers from each response to its headers, which the document describes once.</summary>
    private static void AddHeaders(OpenApiOperation operation, OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.Headers ??= Headers.ToDictionary(
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
            ((OpenApiResponse)response).Headers = Headers
                .Where(header => header.Name switch
                {
                    "Retry-After" => status is "429" or "503",
                    "Link" or PageHeaders.TotalCount => isList && status == "200",
                    ResponseHeaders.RequestId => true,
                    _ => status != "401",
                })
                .ToDictionary(
                    header => header.Name,
                    IOpenApiHeader (header) => new OpenApiHeaderReference(header.Name, document),
                    StringComparer.Ordinal);
        }
    }
}
