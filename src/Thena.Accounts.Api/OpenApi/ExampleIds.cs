using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>Tells where the IDs are found that the example of a body has.</summary>
internal static class ExampleIds
{
    /// <summary>Where the IDs are found that examples of bodies have, by the name of the member.</summary>
    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["accountId"] = "`accountId` with the `id` of an account (`GET /v1/accounts`)",
        ["relatedAccountId"] = "`relatedAccountId` with the `id` of another account",
        ["assigneeId"] = "`assigneeId` with the ID of a user, such as your own (header `X-RateLimit-UserID` of any response)",
        ["activityId"] = "`activityId` with the `id` of an activity of that account",
        ["participants"] = "`participants` with the IDs of users",
        ["fieldId"] = "`fieldId` with the `uid` of a custom field (`GET /v1/custom-field`)",
    };

    /// <summary>Describes the IDs in the example of a body.</summary>
    /// <returns>The description, or <see langword="null"/> if the example has none.</returns>
    public static string? Describe(OpenApiRequestBody body, SchemaRepository repository) =>
        body.Content?.Values.SelectMany(media => SourcesOf(media.Schema, repository)).ToList() is { Count: > 0 } sources
            ? $"The IDs of the example are those of the demo data. Without it, replace {JoinWithAnd(sources)}."
            : null;

    /// <summary>The sources of the IDs that a schema's example has.</summary>
    private static IEnumerable<string> SourcesOf(IOpenApiSchema? schema, SchemaRepository repository) => schema switch
    {
        OpenApiSchemaReference { Reference.Id: { } id } => SourcesOf(repository.Schemas.GetValueOrDefault(id), repository),
        { Items: { } items } => SourcesOf(items, repository),
        { Properties: { } properties } => Sources.Where(
            source => SchemaFilter.ExampleOf(schema) is JsonObject example && example.ContainsKey(source.Key))
            .Select(source => source.Value)
                .Concat(properties.Values.Where(member => member.Items is not null).SelectMany(member => SourcesOf(member, repository))),
        _ => [],
    };

    private static string JoinWithAnd(List<string> texts) =>
        texts is [.. { Count: > 0 } first, var last] ? $"{string.Join(", ", first)} and {last}" : texts[0];
}
