using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Attributes;

/// <summary>A value of a pick list.</summary>
public sealed record AttributeValueResponse : IVersioned
{
    /// <summary>The value's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The pick list that the value belongs to.</summary>
    /// <example>account_status</example>
    public required string Attribute { get; init; }

    /// <summary>The text of the value.</summary>
    /// <example>ACTIVE</example>
    public required string Value { get; init; }

    /// <summary>Whether new records get this value by default.</summary>
    /// <example>false</example>
    public required bool IsDefault { get; init; }

    /// <summary>The display settings.</summary>
    public required AttributeDisplay Configuration { get; init; }

    /// <summary>The time at which the value was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Makes the response from a value.</summary>
    internal static AttributeValueResponse From(AttributeValue value) => new()
    {
        Id = WireFormat.Id(value.Id),
        Attribute = value.Kind.ToName(),
        Value = value.Value,
        IsDefault = value.IsDefault,
        Configuration = AttributeDisplay.Create(value.Icon, value.Color, value.IsClosed),
        CreatedAt = value.CreatedAt,
        UpdatedAt = value.UpdatedAt,
    };
}
