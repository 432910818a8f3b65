using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Completes query parameters with what their validators ask.</summary>
internal sealed class QueryParameterFilter(IServiceProvider services) : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is not OpenApiParameter { In: ParameterLocation.Query, Name: { } name, Schema: OpenApiSchema schema } target)
        {
            return;
        }

        schema.Type &= ~JsonSchemaType.Null;
        if (schema.Type == JsonSchemaType.Integer)
        {
            // The reference calls page and limit numbers: 2.0 is 2.
            schema.Type = JsonSchemaType.Number;
            schema.MultipleOf = 1;
            schema.Format = null;
        }

        var query = context.ApiParameterDescription.ParameterDescriptor.ParameterType;
        if (RuleFacts.Of(query, services).TryGetValue(name, out var facts))
        {
            facts.Apply(schema);
            target.Required = facts.Required;
        }

        schema.Pattern = TextPatterns.Of(schema);
    }
}
