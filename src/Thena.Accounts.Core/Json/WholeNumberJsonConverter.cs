using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Json;

/// <summary>Whole numbers, which JSON may write <c>100</c>, <c>100.0</c> or <c>1e2</c>.</summary>
public sealed class WholeNumberJsonConverter : JsonConverter<int>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is no number, has a fraction, or is beyond 32 bits.</exception>
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ExactNumber.TryRead(ref reader, out var number)
        && decimal.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
