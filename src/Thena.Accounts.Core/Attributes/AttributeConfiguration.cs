using System.Text.Json.Serialization;

namespace Thena.Accounts.Core.Attributes;

/// <summary>How a value is shown: those of the members that are set. An unset value has none, which is <c>{}</c>.</summary>
public sealed record AttributeConfiguration
{
    /// <summary>The name of a Hero icon.</summary>
    /// <example>star</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Icon { get; init; }

    /// <summary>A colour, <c>#RRGGBB</c>.</summary>
    /// <example>#16A34A</example>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Color { get; init; }

    /// <summary>For a task status: whether tasks in it are done with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsClosed { get; init; }
}
