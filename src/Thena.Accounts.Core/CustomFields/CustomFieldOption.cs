using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>An option of a choice, written as text or as <c>{"value": "…"}</c>.</summary>
/// <param name="Value">The option's text.</param>
[JsonConverter(typeof(CustomFieldOptionJsonConverter))]
public sealed record CustomFieldOption(string Value);

/// <summary>Reads both spellings of an option.</summary>
public sealed class CustomFieldOptionJsonConverter : JsonConverter<CustomFieldOption>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The option is written neither way.</exception>
    public override CustomFieldOption Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var option = document.RootElement;
        if (option.ValueKind == JsonValueKind.Object && !option.TryGetProperty("value", out option))
        {
            throw new JsonException();
        }

        return option.ValueKind == JsonValueKind.String ? new CustomFieldOption(option.GetString()!) : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CustomFieldOption value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
