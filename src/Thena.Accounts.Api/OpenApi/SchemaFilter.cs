using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;

#pragma warning disable CS0618 // OpenAPI 3.0 knows `example` alone; `examples` comes with 3.1

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Completes the schemas of requests and responses: limits from the validators; required and nullable as the contract has them. A response
/// requires what is never <c>null</c>.
/// </summary>
internal sealed class SchemaFilter(IServiceProvider services) : ISchemaFilter
{
    private readonly NullabilityInfoContext _nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { Count: > 0 } properties } target)
        {
            return;
        }

        if (context.Type == typeof(CustomFieldValueInput))
        {
            target.AnyOf = [Naming("customFieldId"), Naming("fieldId")];
        }

        var facts = RuleFacts.Read(context.Type, services);
        var isRequest = context.Type.GetProperties()
            .Any(property => OptionalJsonConverterFactory.Unwrap(property.PropertyType) != property.PropertyType) || facts.Count > 0;
        target.AdditionalPropertiesAllowed = true;
        target.Required ??= new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in context.Type.GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            if (!properties.TryGetValue(name, out var property))
            {
                continue;
            }

            var rules = facts.GetValueOrDefault(name);
            var isNullable = isRequest ? rules is not { NotNull: true } : IsNullable(member);
            if (property is OpenApiSchema own)
            {
                Complete(own, member, name, isNullable);
                rules?.Apply(own);
                if (isRequest)
                {
                    AddPatterns(own);
                }
                else
                {
                    own.Example ??= Examples.OfAnswer(context.Type, name);
                }
            }

            SetRequired(target.Required, name, isRequest ? rules is { Required: true } : !isNullable);
        }

        if (isRequest)
        {
            target.Example = Examples.ChangesOf(context.Type) ?? ExampleOf(properties, context.SchemaRepository);
        }

        foreach (var (name, property) in properties.ToList())
        {
            properties[name] = NamedValues.Refer(property, context.SchemaRepository.Schemas);
        }
    }

    /// <summary>Says what the type of a member means in JSON.</summary>
    private static void Complete(OpenApiSchema schema, PropertyInfo member, string name, bool isNullable)
    {
        var wrapped = OptionalJsonConverterFactory.Unwrap(member.PropertyType);
        var type = Nullable.GetUnderlyingType(wrapped) ?? wrapped;
        if (type == typeof(RawJson) && name == "metadata")
        {
            // Any members: written out, since some generators read an object without it as one without members.
            schema.Type = JsonSchemaType.Object;
            schema.AdditionalProperties = new OpenApiSchema();
        }

        if (schema.Type is { } ownType)
        {
            schema.Type = isNullable ? ownType | JsonSchemaType.Null : ownType & ~JsonSchemaType.Null;
        }

        if (type == typeof(decimal))
        {
            schema.Format = "decimal";
        }
    }

    private static void SetRequired(ISet<string> required, string name, bool isRequired)
    {
        if (isRequired)
        {
            required.Add(name);
        }
        else
        {
            required.Remove(name);
        }
    }

    private static void AddPatterns(OpenApiSchema schema)
    {
        schema.Pattern = RuleFacts.PatternOf(schema);
        if (schema.Items is OpenApiSchema item)
        {
            item.Pattern = RuleFacts.PatternOf(item);
        }
    }

    /// <summary>Returns the example of a schema, if it has one.</summary>
    public static JsonNode? ExampleOf(IOpenApiSchema? schema) => schema?.Example;

    /// <summary>
    /// A request as one would write it: the members that have an example, and no others, which a reader's tool would make up.
    /// </summary>
    private static JsonObject? ExampleOf(IDictionary<string, IOpenApiSchema> properties, SchemaRepository repository)
    {
        var example = new JsonObject();
        foreach (var (name, property) in properties)
        {
            var schema = property is OpenApiSchemaReference { Reference.Id: { } id } ? repository.Schemas.GetValueOrDefault(id) : property;
            if (ExampleOf(schema) is { } value)
            {
                example[name] = value.DeepClone();
            }
        }

        return example.Count > 0 ? example : null;
    }

    /// <summary>An object that names something by one of its members.</summary>
    private static OpenApiSchema Naming(string member) => new()
    {
        Required = new HashSet<string>(StringComparer.Ordinal) { member },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            [member] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"\S" },
        },
    };

    /// <summary>Whether a member of a response may be <c>null</c>, or be left out instead.</summary>
    private bool IsNullable(PropertyInfo member)
    {
        lock (_nullability)
        {
            return _nullability.Create(member).ReadState == NullabilityState.Nullable;
        }
    }
}
