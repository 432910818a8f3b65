using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Conditions;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Files;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// The errors that operations return, with an example where the error tells more than its status. The document describes each once, and
/// operations refer to it. Only the 400 has an example of each operation.
/// </summary>
internal static class OperationErrors
{
    private static readonly int[] ErrorsOfEveryOperation =
    [
        StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable,
    ];

    private static readonly Dictionary<int, string> Descriptions = new()
    {
        [StatusCodes.Status400BadRequest] = "The request is not valid. The response lists every problem.",
        [StatusCodes.Status401Unauthorized] = "The key is missing, unknown, revoked or expired.",
        [StatusCodes.Status403Forbidden] = "The key lacks the scope for the operation, or the organization's tier does not include it.",
        [StatusCodes.Status404NotFound] = "A record that the request names does not exist.",
        [StatusCodes.Status408RequestTimeout] = "The body took too long to arrive.",
        [StatusCodes.Status409Conflict] =
            "The request conflicts with an existing record, or the same request is still being processed (`Idempotency-Key`).",
        [StatusCodes.Status410Gone] = "The cursor is older than the events that are kept. Begin again, or go on from `oldestCursor`.",
        [StatusCodes.Status412PreconditionFailed] = "The record does not match any version in `If-Match`.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is too large.",
        [StatusCodes.Status415UnsupportedMediaType] = "The media type of the body is not supported, or the body is compressed.",
        [StatusCodes.Status422UnprocessableEntity] = "The `Idempotency-Key` was already used for a different request.",
        [StatusCodes.Status429TooManyRequests] =
            "The key, or the client address without a valid key, has reached its limit of requests per minute.",
        [StatusCodes.Status500InternalServerError] = "The server failed. Search its log for the request ID.",
        [StatusCodes.Status503ServiceUnavailable] = "The database is temporarily unavailable, or the server is busy.",
    };

    private static readonly Dictionary<int, string> Messages = new()
    {
        [StatusCodes.Status401Unauthorized] = ErrorMessages.Unauthenticated,
        [StatusCodes.Status409Conflict] = Writes.StillRunning.Message,
        [StatusCodes.Status412PreconditionFailed] = Writes.VersionChanged.Message,
        [StatusCodes.Status422UnprocessableEntity] = Writes.KeyReused.Message,
    };

    /// <summary>Adds the errors to an operation.</summary>
    public static void Add(OpenApiOperation operation, string[] conditions, OperationFilterContext context)
    {
        IEnumerable<int> errors = context.MethodInfo.GetCustomAttribute<ProducesErrorsAttribute>()?.Statuses ?? [];
        errors = operation.RequestBody is null ? errors : errors.Append(StatusCodes.Status408RequestTimeout);
        errors = conditions.Aggregate(errors, (statuses, condition) => statuses.Concat(condition switch
        {
            IdempotencyKeys.Header => [StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity],
            OperationHeaders.IfMatch => [StatusCodes.Status412PreconditionFailed],
            _ => (int[])[],
        }));
        operation.Responses ??= [];
        foreach (var status in errors.Concat(ErrorsOfEveryOperation).Distinct().Order())
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = status == StatusCodes.Status400BadRequest
                ? ResponseOf(status, InvalidExampleOf(operation, context), context)
                : Refer(status, context);
        }
    }

    /// <summary>Refers to an error that is the same for all operations.</summary>
    private static OpenApiResponseReference Refer(int status, OperationFilterContext context)
    {
        var document = context.Document;
        var name = ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);
        var example = Messages.TryGetValue(status, out var message) ? Examples.OfError(status, message) : null;
        document.Components ??= new OpenApiComponents();
        document.Components.Responses ??= new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal);
        document.Components.Responses.TryAdd(name, ResponseOf(status, example, context));
        return new OpenApiResponseReference(name, document);
    }

    private static OpenApiResponse ResponseOf(int status, JsonObject? example, OperationFilterContext context) => new()
    {
        Description = Descriptions[status],
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/json"] = new()
            {
                Schema = context.SchemaGenerator.GenerateSchema(typeof(ErrorResponse), context.SchemaRepository),
                Example = example,
            },
        },
    };

    /// <summary>The error of a request without what it needs, or else with a value that is not valid.</summary>
    private static JsonObject InvalidExampleOf(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.MethodInfo.GetCustomAttribute<ReadsFileAttribute>() is not null)
        {
            return Examples.OfError(StatusCodes.Status400BadRequest, "The file is empty. Its first line must name the columns.");
        }

        var (field, problem) = ProblemOf(operation, context.SchemaRepository);
        if (field is null)
        {
            return Examples.OfError(
                StatusCodes.Status400BadRequest, context.MethodInfo.GetCustomAttribute<RequiredIdAttribute>()?.Message ?? problem);
        }

        var example = Examples.OfError(StatusCodes.Status400BadRequest, $"{field} {problem}");
        example["errors"] = new JsonArray(new JsonObject { ["field"] = field, ["message"] = $"{field} {problem}" });
        return example;
    }

    private static (string? Field, string Problem) ProblemOf(OpenApiOperation operation, SchemaRepository repository)
    {
        if (operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            var body = repository.Schemas[id];
            return body.Required is { Count: > 0 } required
                ? (body.Properties!.Keys.First(required.Contains), "is required")
                : (body.Properties!.Keys.First(), "cannot be empty");
        }

        var query = operation.Parameters?.Where(parameter => parameter.In == ParameterLocation.Query).ToList() ?? [];
        return query.Find(parameter => parameter.Required) is { Name: { } missing } ? (missing, "is required")
            : query.Find(parameter => parameter.Name == "limit") is { Schema.Maximum: var most }
                ? ("limit", $"must be between 1 and {most ?? "100"}")
            : (null, "Request body is required");
    }
}
