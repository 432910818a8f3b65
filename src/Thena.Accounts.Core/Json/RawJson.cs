using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Json;

/// <summary>
/// A JSON value that the client defines, such as metadata or the data of a custom field. It is stored as it was written, without
/// whitespace between its tokens.
/// </summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly struct RawJson : IEquatable<RawJson>
{
    private readonly string? _text;

    /// <summary>Creates a value from JSON text.</summary>
    /// <param name="text">One valid JSON value, without whitespace between its tokens.</param>
    public RawJson(string text) => _text = text;

    /// <summary>The empty object, which is the value of unset metadata.</summary>
    public static RawJson EmptyObject { get; } = new("{}");

    /// <summary>The JSON text.</summary>
    public string Text => _text ?? "null";

    /// <summary>The kind of JSON value, determined by its first character.</summary>
    public JsonValueKind Kind => Text[0] switch
    {
        '{' => JsonValueKind.Object,
        '[' => JsonValueKind.Array,
        '"' => JsonValueKind.String,
        't' => JsonValueKind.True,
        'f' => JsonValueKind.False,
        'n' => JsonValueKind.Null,
        _ => JsonValueKind.Number,
    };

    /// <summary>Returns the metadata to store: the given object, or the empty object if there is none.</summary>
    public static RawJson ObjectOrEmpty(RawJson? given) => given is { Kind: JsonValueKind.Object } json ? json : EmptyObject;

    /// <summary>Returns the metadata after a request: unchanged if the given value is absent or equal as JSON, else that value.</summary>
    public RawJson After(Optional<RawJson?> given) => given.IsSet && ObjectOrEmpty(given.Value) is var said && said != this ? said : this;

    /// <summary>Parses the value. The element does not belong to a document that must be disposed.</summary>
    public JsonElement ToElement() => JsonElement.Parse(Text);

    /// <summary>Compares the values as JSON: the order of an object's members is ignored, and <c>1</c> equals <c>1.0</c>.</summary>
    public bool Equals(RawJson other) =>
        string.Equals(Text, other.Text, StringComparison.Ordinal) ||
        (Kind == other.Kind && AreEqual(ToElement(), other.ToElement()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Kind;

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool AreEqual(JsonElement left, JsonElement right)
    {
        try
        {
            return JsonElement.DeepEquals(left, right);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Numbers with an exponent of more than 32 bits are not compared. Values whose texts differ count as different then.
            return false;
        }
    }

    /// <summary>Compares two values as <see cref="Equals(RawJson)"/> does.</summary>
    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    /// <summary>Compares two values as <see cref="Equals(RawJson)"/> does.</summary>
    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);
}

/// <summary>Reads and writes <see cref="RawJson"/>.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var json = document.RootElement.GetRawText();
        if (document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            // The reader does not look for duplicate members. This throws if there is one.
            JsonDocument.Parse(json, WireJson.DocumentOptions).Dispose();
        }

        return new RawJson(WithoutBlanks(json));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Text, skipInputValidation: true);

    /// <summary>Removes whitespace between tokens, and replaces escapes that JSON does not require. Keeps all else as written.</summary>
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

    /// <summary>Appends the character that an escape stands for, or the escape itself if JSON requires it.</summary>
    /// <returns>The number of characters after the backslash.</returns>
    private static int Unescape(ReadOnlySpan<char> escape, StringBuilder compact)
    {
        if (escape[1] != 'u')
        {
            compact.Append(escape[1] == '/' ? "/" : escape[..2]);
            return 1;
        }

        var character = (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var isRequired = character < ' ' || character is '"' or '\\';
        compact.Append(isRequired ? escape[..6] : [character]);
        return 5;
    }
}
