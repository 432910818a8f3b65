using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.Results;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Adds the health checks, which are no controllers, and the descriptions of the tags. The document of the contract has one tag for all
/// operations. Swagger UI groups by tag, so its document has one tag per feature.
/// </summary>
internal sealed class DocumentFilter : IDocumentFilter
{
    /// <summary>The tag of the operations.</summary>
    public const string Accounts = "Accounts";

    private const string Health = "Health";

    /// <summary>The tag of the operations that the reference does not have.</summary>
    private const string Moving = "Import and export";

    private static readonly (string Tag, string Path, string Description)[] Features =
    [
        (Accounts, "/v1/accounts", "Customer accounts."),
        ("Custom fields", "/v1/accounts/account-custom-fields", "Your own fields for accounts and contacts."),
        ("Custom fields", "/v1/custom-field", ""),
        ("Attribute values", "/v1/accounts/attributes", "The organization's pick lists, such as account statuses."),
        ("Contacts", "/v1/accounts/contacts", "The people at customer accounts."),
        ("Contacts", "/v1/accounts/contacts/ingest", ""),
        ("Relationship types", "/v1/accounts/relationships/types", "Kinds of relationships, such as parent and subsidiary."),
        ("Relationships", "/v1/accounts/relationships", "Directed relationships between accounts."),
        ("Activities", "/v1/accounts/activities", "Calls, meetings and other activities of an account."),
        ("Notes", "/v1/accounts/notes", "Notes about an account."),
        ("Tasks", "/v1/accounts/tasks", "Tasks for an account."),
        (Moving, "/v1/accounts/import", "Files of accounts, contacts and other records. These operations are extensions of this server."),
        (Moving, "/v1/accounts/contacts/import", ""),
        (Moving, "/v1/accounts/export", ""),
        (Health, "/health", "Health checks. They need no key."),
    ];

    /// <summary>The position of a path's feature in the reference, which is the order of the operations.</summary>
    public static int PositionOf(string path) =>
        Features.Index().Where(feature => IsUnder(path, feature.Item.Path)).MaxBy(feature => feature.Item.Path.Length).Index;

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        AddHealthCheck(
            swaggerDoc, "live", "Check that the process is alive", "Checks the process only.", "The process is alive.", notReady: null);
        AddHealthCheck(
            swaggerDoc, "ready", "Check that the server is ready", "Checks the database too.", "The server is ready.",
            "The database cannot be reached, or its schema is not up to date.");
        if (context.DocumentName == SwaggerUi.Document)
        {
            swaggerDoc.Tags = Features.DistinctBy(feature => feature.Tag)
                .Select(feature => new OpenApiTag { Name = feature.Tag, Description = feature.Description })
                .ToHashSet();
            TagByFeature(swaggerDoc, _ => true);
            SwaggerUi.Adapt(swaggerDoc, context.SchemaRepository);
        }
        else
        {
            swaggerDoc.Tags = new HashSet<OpenApiTag>
            {
                new() { Name = Accounts, Description = "Customer accounts, their contacts, and everything recorded about them." },
                new() { Name = Health, Description = Features[^1].Description },
                new() { Name = Moving, Description = Array.Find(Features, feature => feature.Tag == Moving).Description },
            };
            TagByFeature(swaggerDoc, tag => tag == Moving);
        }
    }

    /// <summary>Tags the operations of features with the name of the feature.</summary>
    private static void TagByFeature(OpenApiDocument document, Predicate<string> isTagged)
    {
        foreach (var (path, item) in document.Paths.Where(path => isTagged(TagOf(path.Key))))
        {
            foreach (var operation in item.Operations!.Values)
            {
                operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(path), document) };
            }
        }
    }

    private static string TagOf(string path) => Features[PositionOf(path)].Tag;

    private static bool IsUnder(string path, string parent) =>
        path.StartsWith(parent, StringComparison.Ordinal) && (path.Length == parent.Length || path[parent.Length] == '/');

    private static void AddHealthCheck(
        OpenApiDocument document, string name, string title, string remarks, string healthy, string? notReady)
    {
        var operation = new OpenApiOperation
        {
            OperationId = $"getHealth{char.ToUpperInvariant(name[0])}{name[1..]}",
            Summary = title,
            Description = remarks,
            Tags = new HashSet<OpenApiTagReference> { new(Health, document) },
            Security = [],
            Responses =
                new OpenApiResponses { ["200"] = Response(healthy, "text/plain", new OpenApiSchema { Type = JsonSchemaType.String }) },
        };
        if (notReady is not null)
        {
            operation.Responses["503"] = Response(
                notReady, "application/json", new OpenApiSchemaReference(SchemaNames.Of(typeof(ErrorResponse)), document));
        }

        document.Paths[$"/health/{name}"] =
            new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Get] = operation } };
    }

    private static OpenApiResponse Response(string description, string type, IOpenApiSchema schema) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [type] = new() { Schema = schema } },
    };
}
