using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Thena.Accounts.Core.Json;

/// <summary>
/// A member of a request body that tells absent from <c>null</c>: on an update, absent leaves a field as it is and <c>null</c> clears it.
/// </summary>
/// <typeparam name="T">The member's type; nullable where the member may be cleared.</typeparam>
[JsonConverter(typeof(OptionalJsonConverterFactory))]
public readonly record struct Optional<T> : IOptional
{
    /// <summary>A member that was written, with its value.</summary>
    public Optional(T value)
    {
        Value = value;
        IsSet = true;
    }

    /// <summary>Whether the member was written at all, be it as <c>null</c>.</summary>
    public bool IsSet { get; }

    /// <summary>What was written; the type's default when nothing was.</summary>
    public T? Value { get; }

    object? IOptional.Value => Value;

    /// <summary>A member that was written, with its value.</summary>
    public static implicit operator Optional<T>(T value) => new(value);
}

/// <summary>What rules that do not care for the type may ask an <see cref="Optional{T}"/>.</summary>
public interface IOptional
{
    /// <summary>Whether the member was written at all.</summary>
    bool IsSet { get; }

    /// <summary>What was written.</summary>
    object? Value { get; }
}

/// <summary>Reads <see cref="Optional{T}"/>: whatever is written, <c>null</c> too, makes it set.</summary>
public sealed class OptionalJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Unwrap(typeToConvert) != typeToConvert;

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter?)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(Unwrap(typeToConvert)));

    /// <summary>The type inside an <see cref="Optional{T}"/>; any other type itself.</summary>
    public static Type Unwrap(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>) ? type.GetGenericArguments()[0] : type;

    private sealed class Converter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)))!);

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value!, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }
}
