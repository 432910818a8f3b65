using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Conditions;
using Thena.Accounts.Api.Middleware;
using Thena.Accounts.Api.RateLimits;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Adds to each operation the headers of its requests, the errors that it returns and the headers of its responses.</summary>
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
        [StatusCodes.Status409Conflict] =
            "The request conflicts with an existing record, or the same request is still being processed (`Idempotency-Key`).",
        [StatusCodes.Status412PreconditionFailed] = "The record does not match any version in `If-Match`.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is too large.",
        [StatusCodes.Status415UnsupportedMediaType] = "The media type of the body is not supported, or the body is compressed.",
        [StatusCodes.Status422UnprocessableEntity] = "The `Idempotency-Key` was already used for a different request.",
        [StatusCodes.Status429TooManyRequests] =
            "The key, or the client address without a valid key, has reached its limit of requests per minute.",
        [StatusCodes.Status500InternalServerError] = "The server failed. Search its log for the request ID.",
        [StatusCodes.Status503ServiceUnavailable] = "The database is temporarily unavailable, or the server is busy.",
    };

    private const string ETag = "ETag", IfMatch = "If-Match", IfNoneMatch = "If-None-Match", RetryAfter = "Retry-After";

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
        ("Link", JsonSchemaType.String, "The links first, prev, next and, with includeTotal, last. Following next returns every row once."),
        (PageHeaders.TotalCount, JsonSchemaType.Integer, "The total number of rows. Only present with includeTotal=true."),
    ];

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

    private static readonly Dictionary<int, string> Messages = new()
    {
        [StatusCodes.Status409Conflict] = Writes.StillRunning.Message,
        [StatusCodes.Status412PreconditionFailed] = Writes.VersionChanged.Message,
        [StatusCodes.Status422UnprocessableEntity] = Writes.KeyReused.Message,
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        AddFile(operation, context);
        string[] conditions = [.. ConditionsOf(context)];
        AddPathExamples(operation);
        AddConditions(operation, conditions, context.Document);
        AddErrors(operation, conditions, context);
        AddHeaders(operation, conditions, context);

        // Clients take a cursor from a link. They never make one.
        operation.Parameters = operation.Parameters?.Where(parameter => parameter.Name is not "cursor").ToList();
        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
        }
    }

    /// <summary>Describes the file that an operation reads or returns.</summary>
    private static void AddFile(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.MethodInfo.GetCustomAttribute<ReadsFileAttribute>() is { } read)
        {
            operation.RequestBody = new OpenApiRequestBody { Description = "The file.", Content = ContentOf(read) };
        }

        if (context.MethodInfo.GetCustomAttribute<ReturnsFileAttribute>() is { } returned)
        {
            ((OpenApiResponse)operation.Responses!["200"]).Content = ContentOf(returned);
        }

        static Dictionary<string, OpenApiMediaType> ContentOf(FileAttribute file) => file.Examples.ToDictionary(
            example => example.Key,
            example => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example.Value },
            StringComparer.Ordinal);
    }

    /// <summary>Returns the names of the headers that make a request conditional.</summary>
    private static IEnumerable<string> ConditionsOf(OperationFilterContext context)
    {
        var method = context.ApiDescription.HttpMethod!;
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

    private static bool IsVersioned(OperationFilterContext context) =>
        context.ApiDescription.SupportedResponseTypes.Any(response => typeof(IVersioned).IsAssignableFrom(response.Type));

    /// <summary>Refers to the headers of the request, which the document describes once.</summary>
    private static void AddConditions(OpenApiOperation operation, string[] names, OpenApiDocument document)
    {
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

    private static void AddErrors(OpenApiOperation operation, string[] conditions, OperationFilterContext context)
    {
        IEnumerable<int> errors = context.MethodInfo.GetCustomAttribute<ProducesErrorsAttribute>()?.Statuses ?? [];
        errors = operation.RequestBody is null ? errors : errors.Append(StatusCodes.Status408RequestTimeout);
        errors = conditions.Aggregate(errors, (statuses, condition) => statuses.Concat(condition switch
        {
            IdempotencyKeys.Header => [StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity],
            IfMatch => [StatusCodes.Status412PreconditionFailed],
            _ => (int[])[],
        }));
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ErrorResponse), context.SchemaRepository);
        operation.Responses ??= [];
        foreach (var status in errors.Concat(ErrorsOfEveryOperation).Distinct().Order())
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = Errors[status],
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/json"] = new() { Schema = schema, Example = ExampleOf(status, operation, context) },
                },
            };
        }
    }

    private static JsonObject? ExampleOf(int status, OpenApiOperation operation, OperationFilterContext context)
    {
        if (status == StatusCodes.Status400BadRequest)
        {
            return InvalidExampleOf(operation, context);
        }

        return Messages.TryGetValue(status, out var message) ? Examples.OfError(status, message) : null;
    }

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
            : query.Exists(parameter => parameter.Name == "limit") ? ("limit", "must be between 1 and 100")
            : (null, "Request body is required");
    }

    /// <summary>Sets the IDs in the path to those of the demo data.</summary>
    private static void AddPathExamples(OpenApiOperation operation)
    {
        var parameters = (operation.Parameters ?? []).OfType<OpenApiParameter>()
            .Where(parameter => parameter.In == ParameterLocation.Path);
        foreach (var (parameter, id) in parameters.Zip(Examples.PathIdsOf(operation.OperationId!)))
        {
            parameter.Example = id;
        }
    }

    /// <summary>Refers from each response to its headers, which the document describes once.</summary>
    private static void AddHeaders(OpenApiOperation operation, string[] conditions, OperationFilterContext context)
    {
        var document = context.Document;
        document.Components!.Headers ??= Headers.ToDictionary(
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
                    RetryAfter => status is "409" or "429" or "503",
                    ETag => status is "200" or "201" or "304" && IsVersioned(context),
                    IdempotencyKeys.ReplayedHeader =>
                        status is "200" or "201" && conditions.Contains(IdempotencyKeys.Header, StringComparer.Ordinal),
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
