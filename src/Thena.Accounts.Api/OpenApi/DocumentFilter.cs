using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Adds the health checks, which are no controllers but an extension, the tags, and the sections, which Swagger UI shows instead.
/// </summary>
internal sealed class DocumentFilter : IDocumentFilter
{
    private static readonly SectionAttribute Health = new("Health", int.MaxValue) { Description = "Health checks. They need no key." };

    /// <summary>Says to which section an operation belongs.</summary>
    public static void SetSection(OpenApiOperation operation, SectionAttribute section) =>
        operation.AddExtension("x-section", new JsonNodeExtension(section.Name));

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var sections = context.ApiDescriptions.Select(SectionAttribute.Find)
            .Where(section => section.Description is not null)
            .DistinctBy(section => section.Name)
            .OrderBy(section => section.Position)
            .ToList();
        var tags = context.ApiDescriptions.Select(ApiTags.Of);
        if (ExtensionMarks.AreIn(context.DocumentName))
        {
            AddHealthChecks(swaggerDoc);
            sections.Add(Health);
            tags = tags.Append(Health.Name);
        }

        swaggerDoc.Tags = ApiTags.Describe(tags, sections);
        swaggerDoc.AddExtension("x-sections", new JsonNodeExtension(new JsonArray(
            [.. sections.Select(section => new JsonObject { ["name"] = section.Name, ["description"] = section.Description })])));
    }

    private static void AddHealthChecks(OpenApiDocument swaggerDoc)
    {
        AddHealthCheck(
            swaggerDoc, "live", "Check that the process is alive", "Checks the process only.", "The process is alive.", notReady: null);
        AddHealthCheck(
            swaggerDoc, "ready", "Check that the server is ready", "Checks the database too.", "The server is ready.",
            "The database cannot be reached, or its schema is not up to date.");
    }

    private static void AddHealthCheck(
        OpenApiDocument document, string name, string title, string remarks, string healthy, string? notReady)
    {
        var operation = new OpenApiOperation
        {
            OperationId = $"getHealth{char.ToUpperInvariant(name[0])}{name[1..]}",
            Summary = title,
            Description = remarks,
            Tags = new HashSet<OpenApiTagReference> { new(Health.Name, document) },
            Security = [],
            Responses =
                new OpenApiResponses { ["200"] = Response(healthy, "text/plain", new OpenApiSchema { Type = JsonSchemaType.String }) },
        };
        SetSection(operation, Health);
        ExtensionMarks.AddTo(operation);
        if (notReady is not null)
        {
            operation.Responses["503"] = Response(
                notReady,
                "application/json",
                new OpenApiSchemaReference(SchemaNames.Of(typeof(ErrorResponse)), document),
                Examples.OfError(StatusCodes.Status503ServiceUnavailable, ErrorMessages.Unavailable));
        }

        document.Paths[$"/health/{name}"] =
            new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = operation } };
    }

    private static OpenApiResponse Response(string description, string type, IOpenApiSchema schema, JsonNode? example = null) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [type] = new() { Schema = schema, Example = example },
        },
    };
}
