using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Json;

/// <summary>Reads decimal numbers exactly. A number with too many digits is refused rather than rounded.</summary>
public sealed class DecimalJsonConverter : JsonConverter<decimal>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not a number, or has too many digits.</exception>
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ExactNumber.TryRead(ref reader, out var number) ? number : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Reads whole numbers, which can be written as <c>100</c>, <c>100.0</c> or <c>1e2</c>.</summary>
public sealed class WholeNumberJsonConverter : JsonConverter<int>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not a number, has a fraction, or does not fit into 32 bits.</exception>
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ExactNumber.TryRead(ref reader, out var number)
        && decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
