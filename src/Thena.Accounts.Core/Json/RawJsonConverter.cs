using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Json;

/// <summary>Reads and writes <see cref="RawJson"/>.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new RawJson(WithoutBlanks(document.RootElement.GetRawText()));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Text, skipInputValidation: true);

    /// <summary>Takes out blanks between tokens, writes escaped letters as themselves, and leaves all else as it was written.</summary>
    private static string WithoutBlanks(string json)
    {
        var compact = new StringBuilder(json.Length);
        var isInString = false;
        for (var index = 0; index < json.Length; index++)
        {
            var character = json[index];
            if (isInString && character == '\\')
            {
                index += Unescape(json.AsSpan(index), compact);
                continue;
            }

            isInString ^= character == '"';
            if (isInString || character is not (' ' or '\t' or '\r' or '\n'))
            {
                compact.Append(character);
            }
        }

        return compact.ToString();
    }

    /// <summary>Writes what an escape stands for, or the escape itself where JSON needs one.</summary>
    /// <returns>How many characters follow the backslash.</returns>
    private static int Unescape(ReadOnlySpan<char> escape, StringBuilder compact)
    {
        if (escape[1] != 'u')
        {
            compact.Append(escape[1] == '/' ? "/" : escape[..2]);
            return 1;
        }

        var character = (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _ = character < ' ' || character is '"' or '\\' ? compact.Append(escape[..6]) : compact.Append(character);
        return 5;
    }
}
