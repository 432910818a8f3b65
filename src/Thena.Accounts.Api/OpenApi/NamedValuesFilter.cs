using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Notes;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Gives closed sets of words one schema each, so that clients get one type for each, whose name says what it is.</summary>
internal sealed class NamedValuesFilter : IDocumentFilter
{
    private static readonly (string Name, IReadOnlyList<string> Values, string Description)[] Sets =
    [
        ("AttributeKind", AttributeKinds.Names, "A pick list."),
        ("CustomFieldSource", CustomFieldSource.All, "The kind of record that a custom field belongs to."),
        ("CustomFieldType", CustomFieldTypes.All, "The type of the values of a custom field."),
        ("IngestSink", IngestSink.All, "The application that users come from."),
        ("NoteVisibility", NoteVisibility.All, "The visibility of a note."),
    ];

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var schemas = context.SchemaRepository.Schemas;
        foreach (
            var properties in schemas.Values.Select(schema => schema.Properties).OfType<IDictionary<string, IOpenApiSchema>>().ToList())
        {
            foreach (var (member, schema) in properties.ToList())
            {
                properties[member] = Named(schema, swaggerDoc, schemas);
            }
        }

        var operations = swaggerDoc.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? []);
        foreach (var parameter in operations.SelectMany(operation => operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Schema = Named(parameter.Schema, swaggerDoc, schemas);
        }
    }

    private static IOpenApiSchema Named(IOpenApiSchema? schema, OpenApiDocument document, Dictionary<string, IOpenApiSchema> schemas)
    {
        if (schema is not OpenApiSchema { Type: JsonSchemaType.String, Enum: { Count: > 0 } words })
        {
            return schema!;
        }

        var values = words.Select(word => word.GetValue<string>()).ToList();
        var (name, _, description) = Array.Find(Sets, set => set.Values.SequenceEqual(values, StringComparer.Ordinal));
        if (name is null)
        {
            return schema;
        }

        schemas.TryAdd(name, new OpenApiSchema { Type = JsonSchemaType.String, Enum = words, Description = description });
        return new OpenApiSchemaReference(name, document);
    }
}
