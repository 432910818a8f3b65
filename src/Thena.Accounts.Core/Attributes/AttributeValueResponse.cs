using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Attributes;

/// <summary>A value of a pick list.</summary>
public sealed record AttributeValueResponse
{
    /// <summary>The value's id.</summary>
    public required string Id { get; init; }

    /// <summary>The list it belongs to.</summary>
    /// <example>account_status</example>
    public required string Attribute { get; init; }

    /// <summary>Its text.</summary>
    /// <example>ACTIVE</example>
    public required string Value { get; init; }

    /// <summary>Whether records get it when none is given.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>How it is shown.</summary>
    public required AttributeDisplay Configuration { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static Expression<Func<AttributeValue, AttributeValueResponse>> Projection { get; } = value => new AttributeValueResponse
    {
        Id = WireFormat.Id(value.Id),
        Attribute = value.Kind.ToName(),
        Value = value.Value,
        IsDefault = value.IsDefault,
        Configuration = new AttributeDisplay { Icon = value.Icon, Color = value.Color, IsClosed = value.IsClosed },
        CreatedAt = value.CreatedAt,
        UpdatedAt = value.UpdatedAt,
    };

    internal static Func<AttributeValue, AttributeValueResponse> Of { get; } = Projection.Compile();
}

/// <summary>How a value is shown: those of the members that are set. An unset value has none, which is <c>{}</c>.</summary>
public sealed record AttributeDisplay
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
