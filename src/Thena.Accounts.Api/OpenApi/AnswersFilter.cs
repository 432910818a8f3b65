using System.Globalization;
using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Adds to each operation the errors that it answers: its own and those that every operation may.</summary>
internal sealed class AnswersFilter : IOperationFilter
{
    private static readonly int[] Everywhere =
    [
        StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests,
        StatusCodes.Status500InternalServerError,
        StatusCodes.Status503ServiceUnavailable,
    ];

    private static readonly Dictionary<int, string> Meanings = new()
    {
        [StatusCodes.Status400BadRequest] = "The request is not valid. The answer lists every problem.",
        [StatusCodes.Status401Unauthorized] = "The key is missing, unknown, revoked or expired.",
        [StatusCodes.Status403Forbidden] = "The key lacks the scope for the operation, or the organization's tier does not include it.",
        [StatusCodes.Status404NotFound] = "A record that the request names does not exist.",
        [StatusCodes.Status408RequestTimeout] = "The body took too long to arrive.",
        [StatusCodes.Status409Conflict] = "The request conflicts with an existing record.",
        [StatusCodes.Status413PayloadTooLarge] = "The body is too large.",
        [StatusCodes.Status415UnsupportedMediaType] = "The body is not JSON, or is compressed.",
        [StatusCodes.Status429TooManyRequests] = "The key has reached its requests per minute.",
        [StatusCodes.Status500InternalServerError] = "The server failed. Search its log for the request ID.",
        [StatusCodes.Status503ServiceUnavailable] = "The database is temporarily unavailable.",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        IEnumerable<int> own = context.MethodInfo.GetCustomAttribute<AnswersErrorsAttribute>()?.Statuses ?? [];
        own = operation.RequestBody is null ? own : own.Append(StatusCodes.Status408RequestTimeout);
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ErrorResponse), context.SchemaRepository);
        operation.Responses ??= [];
        foreach (var status in own.Concat(Everywhere).Order())
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = Meanings[status],
                Content =
                    new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
            };
        }

        // A cursor is made by the server and comes with a link: nothing to be filled in.
        operation.Parameters = operation.Parameters?.Where(parameter => parameter.Name is not "cursor").ToList();
        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
        }
    }
}
