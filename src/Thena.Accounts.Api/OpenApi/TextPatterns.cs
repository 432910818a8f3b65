using Microsoft.OpenApi;

namespace Thena.Accounts.Api.OpenApi;

/// <summary>What all texts of requests have in common: none holds U+0000.</summary>
internal static class TextPatterns
{
    private const string Any = @"^[^\u0000]*$";

    /// <summary>The pattern of a member or parameter: its own, or that of any text; none for what is no free text.</summary>
    public static string? Of(OpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.String) == true && schema is { Format: null, Enum: not { Count: > 0 } }
            ? schema.Pattern ?? Any
            : schema.Pattern;
}
