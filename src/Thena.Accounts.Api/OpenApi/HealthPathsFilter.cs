using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Adds the health checks, which are no controllers.</summary>
internal sealed class HealthPathsFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        Add(
            swaggerDoc, "/health/live", "getHealthLive", "Check that the process is alive", "Checks the process only.",
            "The process is alive.",
            null);
        Add(
            swaggerDoc, "/health/ready", "getHealthReady", "Check that the server is ready", "Checks the database too.",
            "The server is ready.",
            "The database cannot be reached, or its schema is not up to date.");
    }

    private static void Add(
        OpenApiDocument document, string path, string id, string title, string remarks, string healthy, string? unhealthy)
    {
        var operation = new OpenApiOperation
        {
            OperationId = id,
            Summary = title,
            Description = remarks,
            Tags = new HashSet<OpenApiTagReference> { new(TagsFilter.Health, document) },
            Security = [],
            Responses =
                new OpenApiResponses { ["200"] = Answer(healthy, "text/plain", new OpenApiSchema { Type = JsonSchemaType.String }) },
        };
        if (unhealthy is not null)
        {
            operation.Responses["503"] = Answer(
                unhealthy, "application/json", new OpenApiSchemaReference(SchemaNames.Of(typeof(ErrorResponse)), document));
        }

        document.Paths[path] =
            new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = operation } };
    }

    private static OpenApiResponse Answer(string description, string type, IOpenApiSchema schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [type] = new() { Schema = schema } },
    };
}
