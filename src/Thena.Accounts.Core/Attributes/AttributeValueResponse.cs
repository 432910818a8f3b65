using System.Linq.Expressions;
using Thena.Accounts.Core.Common;

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
    public required AttributeConfiguration Configuration { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static Expression<Func<AttributeValue, AttributeValueResponse>> Projection { get; } = value => new AttributeValueResponse
    {
        Id = Wire.Id(value.Id),
        Attribute = value.Kind.ToName(),
        Value = value.Value,
        IsDefault = value.IsDefault,
        Configuration = new AttributeConfiguration { Icon = value.Icon, Color = value.Color, IsClosed = value.IsClosed },
        CreatedAt = value.CreatedAt,
        UpdatedAt = value.UpdatedAt,
    };

    internal static Func<AttributeValue, AttributeValueResponse> Of { get; } = Projection.Compile();
}
