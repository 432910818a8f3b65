namespace Thena.Accounts.Core.Json;

/// <summary>What rules that do not care for the type may ask an <see cref="Optional{T}"/>.</summary>
public interface IOptional
{
    /// <summary>Whether the member was written at all.</summary>
    bool IsSet { get; }

    /// <summary>What was written.</summary>
    object? Value { get; }
}
