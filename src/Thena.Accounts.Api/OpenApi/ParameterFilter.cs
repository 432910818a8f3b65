using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>
/// Completes parameters: query parameters with the rules of their validators, IDs in paths and the time of details with a description.
/// </summary>
internal sealed class ParameterFilter(IServiceProvider services) : IParameterFilter
{
    private const string Id = nameof(Id);

    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is OpenApiParameter { Name: { } name, Schema: OpenApiSchema schema } target)
        {
            if (target.In == ParameterLocation.Path)
            {
                Describe(target, name, schema);
            }
            else
            {
                AddRules(target, name, schema, context);
            }
        }
    }

    /// <summary>Describes an ID by its name: <c>contactId</c> is the contact's ID. No ID is blank.</summary>
    private static void Describe(OpenApiParameter target, string name, OpenApiSchema schema)
    {
        schema.Pattern = RequestRules.NotBlankPattern;
        target.Description = name.Length > Id.Length && name.EndsWith(Id, StringComparison.Ordinal)
            ? $"The {name[..^Id.Length]}'s ID."
            : "The record's ID.";
    }

    private void AddRules(OpenApiParameter target, string name, OpenApiSchema schema, ParameterFilterContext context)
    {
        schema.Type &= ~JsonSchemaType.Null;
        if (schema.Type == JsonSchemaType.Integer)
        {
            // The reference calls page and limit numbers: 2.0 is 2.
            schema.Type = JsonSchemaType.Number;
            schema.MultipleOf = 1;
            schema.Format = null;
        }

        if (context.ParameterInfo?.IsDefined(typeof(AtAttribute), inherit: true) == true)
        {
            target.Description = AtAttribute.Description;
            ExtensionMarks.AddTo(target);
        }

        if (context.PropertyInfo?.IsDefined(typeof(ExtensionAttribute), inherit: true) == true)
        {
            ExtensionMarks.AddTo(target);
        }

        var query = context.ApiParameterDescription.ParameterDescriptor.ParameterType;
        if (RuleFacts.Read(query, services).TryGetValue(name, out var facts))
        {
            facts.Apply(schema);
            target.Required = facts.Required;
        }

        schema.Pattern = RuleFacts.PatternOf(schema);
        target.Schema = NamedValues.Refer(schema, context.SchemaRepository.Schemas);
    }
}
