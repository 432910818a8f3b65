using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Json;

/// <summary>Reads and writes <see cref="RawJson"/>.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = WireJson.Encoder };

    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            document.RootElement.WriteTo(writer);
        }

        return new RawJson(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Text, skipInputValidation: true);
}
