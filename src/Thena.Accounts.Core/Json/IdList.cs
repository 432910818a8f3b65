using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Json;

/// <summary>A list of IDs, written as an array of strings or, for one ID, as a single string.</summary>
/// <param name="Ids">The IDs.</param>
[JsonConverter(typeof(IdListJsonConverter))]
public sealed record IdList(IReadOnlyList<string> Ids);

/// <summary>Reads both forms of <see cref="IdList"/>, and writes an array.</summary>
public sealed class IdListJsonConverter : JsonConverter<IdList>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is neither a string nor an array of strings.</exception>
    public override IdList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.String => new IdList([root.GetString()!]),
            JsonValueKind.Array when root.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                new IdList([.. root.EnumerateArray().Select(item => item.GetString()!)]),
            _ => throw new JsonException(),
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IdList value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var id in value.Ids)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
    }
}
