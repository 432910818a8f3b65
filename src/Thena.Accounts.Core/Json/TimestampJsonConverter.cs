using System.Text.Json;
using System.Text.Json.Serialization;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Json;

/// <summary>Reads and writes instants. They are written in UTC with milliseconds, such as <c>2023-12-07T10:30:00.000Z</c>.</summary>
public sealed class TimestampJsonConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not an ISO 8601 instant.</exception>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Instant.TryParse(reader.GetString(), out var instant)
            ? instant
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[WireFormat.TimeLength];
        WireFormat.WriteTime(value, text);
        writer.WriteStringValue(text);
    }
}
