using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Adds to each operation the errors that it answers: its own and those that every operation may.</summary>
internal sealed class AnswersFilter : IOperationFilter
{
    private static readonly int[] Everywhere =
    [
        StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests, StatusCodes.Status500InternalServerError,
        StatusCodes.Status503ServiceUnavailable,
    ];

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
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
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
