using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thena.Accounts.Api.Files;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Adds to each operation its section, its file, examples, headers and errors.</summary>
internal sealed class OperationFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        DocumentFilter.SetSection(operation, SectionAttribute.Find(context.ApiDescription));
        if (ExtensionMarks.IsExtension(context.ApiDescription))
        {
            ExtensionMarks.AddTo(operation);
        }

        AddFile(operation, context);
        string[] conditions = [.. OperationHeaders.ConditionsOf(context)];
        AddPathExamples(operation, context);
        OperationHeaders.AddConditions(operation, conditions, context.Document);
        OperationErrors.Add(operation, conditions, context);
        OperationHeaders.AddToResponses(operation, conditions, context);

        // Clients take a cursor from a link. They never make one.
        operation.Parameters = operation.Parameters?
            .Where(parameter => parameter.Name is not "cursor"
                && (ExtensionMarks.AreIn(context.DocumentName) || !ExtensionMarks.AreOn(parameter)))
            .ToList();
        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
            body.Description ??= ExampleIds.Describe(body, context.SchemaRepository);
        }
    }

    /// <summary>Describes the file that an operation reads or returns.</summary>
    private static void AddFile(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.MethodInfo.GetCustomAttribute<ReadsFileAttribute>() is { } read)
        {
            operation.RequestBody = new OpenApiRequestBody { Description = "The file.", Content = ContentOf(read) };
        }

        if (context.MethodInfo.GetCustomAttribute<ReturnsFileAttribute>() is { } returned)
        {
            ((OpenApiResponse)operation.Responses!["200"]).Content = ContentOf(returned);
        }

        static Dictionary<string, OpenApiMediaType> ContentOf(FileAttribute file) => file.Examples.ToDictionary(
            example => example.Key,
            example => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = example.Value },
            StringComparer.Ordinal);
    }

    /// <summary>Sets the IDs in the path to those of the demo data, and says where others are found.</summary>
    private static void AddPathExamples(OpenApiOperation operation, OperationFilterContext context)
    {
        var path = context.ApiDescription.RelativePath!;
        var parameters = (operation.Parameters ?? []).OfType<OpenApiParameter>()
            .Where(parameter => parameter.In == ParameterLocation.Path);
        foreach (var (parameter, id) in parameters.Zip(Examples.PathIdsOf(context.ApiDescription)))
        {
            parameter.Example = id;
            parameter.Description += $" Find it with `GET /{path[..path.IndexOf("/{", StringComparison.Ordinal)]}`.";
        }
    }
}
