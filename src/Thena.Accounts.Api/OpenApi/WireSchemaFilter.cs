using System.Text.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Completes the schemas of requests and responses: limits from the validators; required and nullable as the contract has them, which of responses is
/// <em>required</em> for what is never <c>null</c>.
/// </summary>
internal sealed class WireSchemaFilter(IServiceProvider services) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { Count: > 0 } properties } target)
        {
            return;
        }

        var facts = RuleFacts.Of(context.Type, services);
        var isRequest = context.Type.GetProperties().Any(property => OptionalJsonConverterFactory.Unwrap(property.PropertyType) != property.PropertyType) || facts.Count > 0;
        target.AdditionalPropertiesAllowed = true;
        target.Required ??= new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in context.Type.GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
            if (!properties.TryGetValue(name, out var property))
            {
                continue;
            }

            var said = facts.GetValueOrDefault(name);
            var type = OptionalJsonConverterFactory.Unwrap(member.PropertyType);
            var isRawJson = (Nullable.GetUnderlyingType(type) ?? type) == typeof(RawJson);
            if (property is OpenApiSchema own)
            {
                if (isRawJson && name == "metadata")
                {
                    own.Type = JsonSchemaType.Object;
                    own.AdditionalPropertiesAllowed = true;
                }

                if (own.Type is { } ownType)
                {
                    var nullable = isRequest ? said is not { NotNull: true } : ownType.HasFlag(JsonSchemaType.Null);
                    own.Type = nullable ? ownType | JsonSchemaType.Null : ownType & ~JsonSchemaType.Null;
                }

                said?.Apply(own);
            }

            var isRequired = isRequest ? said is { Required: true } : property.Type?.HasFlag(JsonSchemaType.Null) != true && member.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonIgnoreAttribute), true).Length == 0;
            _ = isRequired ? target.Required.Add(name) : target.Required.Remove(name);
        }
    }
}
