using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Thena.Accounts.Core.Json;

/// <summary>
/// A member of a request body that distinguishes absent from <c>null</c>. On an update, an absent member leaves the field as it is, and
/// <c>null</c> clears it.
/// </summary>
/// <typeparam name="T">The member's type; nullable if the member can be cleared.</typeparam>
[JsonConverter(typeof(OptionalJsonConverterFactory))]
public readonly record struct Optional<T> : IOptional
{
    /// <summary>Creates a member that is present, with its value.</summary>
    public Optional(T value)
    {
        Value = value;
        IsSet = true;
    }

    /// <summary>Whether the member is present, even as <c>null</c>.</summary>
    public bool IsSet { get; }

    /// <summary>The value of the member; the type's default if the member is absent.</summary>
    public T? Value { get; }

    object? IOptional.Value => Value;

    /// <summary>Creates a member that is present, with its value.</summary>
    public static implicit operator Optional<T>(T value) => new(value);
}

/// <summary>An <see cref="Optional{T}"/> of any type, for rules that do not depend on the type.</summary>
public interface IOptional
{
    /// <summary>Whether the member is present, even as <c>null</c>.</summary>
    bool IsSet { get; }

    /// <summary>The value of the member.</summary>
    object? Value { get; }
}

/// <summary>Creates converters for <see cref="Optional{T}"/>. Any value in the JSON, even <c>null</c>, makes the member present.</summary>
public sealed class OptionalJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Unwrap(typeToConvert) != typeToConvert;

    /// <inheritdoc/>
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter?)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(Unwrap(typeToConvert)));

    /// <summary>Returns the type inside an <see cref="Optional{T}"/>, and any other type unchanged.</summary>
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
