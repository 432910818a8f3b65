using System.Text.Json.Serialization;

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
