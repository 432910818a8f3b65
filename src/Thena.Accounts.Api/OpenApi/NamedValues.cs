using Microsoft.OpenApi;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Notes;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>The enumerations of the API. Each has one named schema, so that generated clients have one type for it.</summary>
internal static class NamedValues
{
    private static readonly (string Name, IReadOnlyList<string> Values, string Description)[] Sets =
    [
        ("AttributeKind", AttributeKinds.Names, "A pick list."),
        ("CustomFieldSource", CustomFieldSource.All, "The kind of record that a custom field belongs to."),
        ("CustomFieldType", CustomFieldTypes.All, "The type of the values of a custom field."),
        ("IngestSink", IngestSink.All, "The application that users come from."),
        ("NoteVisibility", NoteVisibility.All, "The visibility of a note."),
    ];

    /// <summary>Replaces a schema that lists the values of an enumeration by a reference to the enumeration.</summary>
    public static IOpenApiSchema Refer(IOpenApiSchema schema, IDictionary<string, IOpenApiSchema> schemas)
    {
        if (schema is not OpenApiSchema { Type: JsonSchemaType.String, Enum: { Count: > 0 } words })
        {
            return schema;
        }

        var values = words.Select(word => word.GetValue<string>()).ToList();
        var (name, _, description) = Array.Find(Sets, set => set.Values.SequenceEqual(values, StringComparer.Ordinal));
        if (name is null)
        {
            return schema;
        }

        schemas.TryAdd(name, new OpenApiSchema { Type = JsonSchemaType.String, Enum = words, Description = description });
        return new OpenApiSchemaReference(name);
    }
}
