using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Describes the ids in paths by their names: <c>contactId</c> is the contact's. None is blank.</summary>
internal sealed class PathParameterFilter : IParameterFilter
{
    private const string Id = nameof(Id);

    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (
            parameter is OpenApiParameter
            {
                In: ParameterLocation.Path,
                Description: null,
                Name: { } name,
                Schema: OpenApiSchema schema,
            } target)
        {
            schema.Pattern = RequestRules.NotBlankPattern;
            target.Description = name.Length > Id.Length && name.EndsWith(Id, StringComparison.Ordinal)
                ? $"The {name[..^Id.Length]}'s ID."
                : "The record's ID.";
        }
    }
}
