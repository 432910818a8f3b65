using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thena.Accounts.Core.Json;

/// <summary>Reads JSON whose form is not known.</summary>
public static class JsonNodes
{
    /// <summary>Parses JSON under the rules of the API.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="node">The value; <see langword="null"/> for the JSON <c>null</c>.</param>
    /// <returns>Whether it is valid JSON.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonNode? node)
    {
        try
        {
            node = JsonNode.Parse(utf8, documentOptions: WireJson.DocumentOptions);
            return true;
        }
        catch (JsonException)
        {
            node = null;
            return false;
        }
    }

    /// <summary>Parses a JSON object under the rules of the API.</summary>
    /// <returns>Whether it is a JSON object.</returns>
    public static bool TryParseObject(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonObject? members)
    {
        members = TryParse(utf8, out var node) ? node as JsonObject : null;
        return members is not null;
    }

    /// <summary>Returns a value that is a string, or <see langword="null"/> if it is none.</summary>
    public static string? TextOrNull(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
