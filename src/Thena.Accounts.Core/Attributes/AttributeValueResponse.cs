using System.Text.Json.Serialization;
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

/// <summary>The display settings of a value. Unset settings are absent. For an unset value, the object is empty: <c>{}</c>.</summary>
public sealed record AttributeDisplay
{
    /// <summary>The name of an icon from the Heroicons set.</summary>
    /// <example>star</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Icon { get; init; }

    /// <summary>The color, as <c>#RRGGBB</c>.</summary>
    /// <example>#16A34A</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Color { get; init; }

    /// <summary>For a task status: whether tasks with this status are closed.</summary>
    /// <example>false</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsClosed { get; init; }

    /// <summary>The settings of an unset value.</summary>
    internal static AttributeDisplay None { get; } = new();

    /// <summary>Creates the settings of a value.</summary>
    internal static AttributeDisplay Create(string? icon, string? color, bool? isClosed) =>
        icon is null && color is null && isClosed is null
            ? None
            : new AttributeDisplay { Icon = icon, Color = color, IsClosed = isClosed };
}
