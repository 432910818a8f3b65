using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Adds the health checks, which are no controllers, the tags and the sections. The contract has one tag for all its operations. Swagger UI
/// shows the sections instead.
/// </summary>
internal sealed class DocumentFilter : IDocumentFilter
{
    private const string Accounts = "Accounts";

    private static readonly SectionAttribute Health = new("Health", int.MaxValue) { Description = "Health checks. They need no key." };

    /// <summary>Returns the tag of the operations of a section.</summary>
    public static string TagOf(SectionAttribute section) => section.IsExtension ? section.Name : Accounts;

    /// <summary>Says to which section an operation belongs.</summary>
    public static void SetSection(OpenApiOperation operation, SectionAttribute section) =>
        operation.AddExtension("x-section", new JsonNodeExtension(section.Name));

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        AddHealthCheck(
            swaggerDoc, "live", "Check that the process is alive", "Checks the process only.", "The process is alive.", notReady: null);
        AddHealthCheck(
            swaggerDoc, "ready", "Check that the server is ready", "Checks the database too.", "The server is ready.",
            "The database cannot be reached, or its schema is not up to date.");
        var sections = context.ApiDescriptions.Select(SectionAttribute.Find)
            .Where(section => section.Description is not null)
            .DistinctBy(section => section.Name)
            .OrderBy(section => section.Position)
            .Append(Health)
            .ToList();
        swaggerDoc.AddExtension("x-sections", new JsonNodeExtension(new JsonArray(
            [.. sections.Select(section => new JsonObject { ["name"] = section.Name, ["description"] = section.Description })])));
        swaggerDoc.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = Accounts, Description = "Customer accounts, their contacts, and everything recorded about them." },
            new() { Name = Health.Name, Description = Health.Description },
        };
        swaggerDoc.Tags.UnionWith(sections.Where(section => section.IsExtension)
            .Select(section => new OpenApiTag { Name = section.Name, Description = section.Description }));
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
