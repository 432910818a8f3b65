using System.Text.Json.Serialization;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

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

    internal static RecordShape<AttributeValueResponse> Shape { get; } = new(
        "attribute_values",
        "r.id, r.kind, r.value, r.is_default, r.icon, r.color, r.is_closed, r.created_at, r.updated_at",
        "",
        row => new AttributeValueResponse
        {
            Id = row.Id(),
            Attribute = row.Text(),
            Value = row.Text(),
            IsDefault = row.Boolean(),
            Configuration = AttributeDisplay.Read(row),
            CreatedAt = row.Time(),
            UpdatedAt = row.Time(),
        });
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

    /// <summary>Reads icon, color and whether the value closes tasks.</summary>
    internal static AttributeDisplay Read(ColumnReader row)
    {
        var (icon, color, isClosed) = (row.TextOrNull(), row.TextOrNull(), row.BooleanOrNull());
        return Create(icon, color, isClosed);
    }

    /// <summary>Creates the settings of a value.</summary>
    internal static AttributeDisplay Create(string? icon, string? color, bool? isClosed) =>
        icon is null && color is null && isClosed is null
            ? None
            : new AttributeDisplay { Icon = icon, Color = color, IsClosed = isClosed };
}
