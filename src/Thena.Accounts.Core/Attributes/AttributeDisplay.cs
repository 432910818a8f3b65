using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Attributes;

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
