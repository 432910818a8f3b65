using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Json;

/// <summary>A JSON value of the client's own (metadata, a custom field's data), kept as it was written but for blanks between its tokens.</summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly struct RawJson : IEquatable<RawJson>
{
    private readonly string? _text;

    /// <summary>Wraps JSON text.</summary>
    /// <param name="text">One JSON value, valid and without blanks between its tokens.</param>
    public RawJson(string text) => _text = text;

    /// <summary>The empty object, which unset metadata is.</summary>
    public static RawJson EmptyObject { get; } = new("{}");

    /// <summary>The JSON text.</summary>
    public string Text => _text ?? "null";

    /// <summary>What sort of JSON value this is, told by its first character.</summary>
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

    /// <summary>Metadata as it is kept: the object given, or the empty one where <c>null</c> or nothing is.</summary>
    public static RawJson ObjectOrEmpty(RawJson? given) => given is { Kind: JsonValueKind.Object } json ? json : EmptyObject;

    /// <summary>Metadata after a request: as it was when nothing is said, or the same in another spelling; else what is given.</summary>
    public RawJson After(Optional<RawJson?> given) => given.IsSet && ObjectOrEmpty(given.Value) is var said && said != this ? said : this;

    /// <summary>Reads the value, detached from any document that would have to be disposed.</summary>
    public JsonElement ToElement() => JsonElement.Parse(Text);

    /// <summary>Equal as JSON: the order of an object's members does not count, <c>1</c> and <c>1.0</c> are the same.</summary>
    public bool Equals(RawJson other) =>
        string.Equals(Text, other.Text, StringComparison.Ordinal) ||
        (Kind == other.Kind && JsonElement.DeepEquals(ToElement(), other.ToElement()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Kind;

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>See <see cref="Equals(RawJson)"/>.</summary>
    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    /// <summary>See <see cref="Equals(RawJson)"/>.</summary>
    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);
}
