using System.Linq.Expressions;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Relationships;

/// <summary>A relationship type.</summary>
public sealed record RelationshipTypeResponse
{
    /// <summary>The type's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    /// <example>Parent</example>
    public required string Name { get; init; }

    /// <summary>The ID of the inverse type, <c>""</c> when there is none.</summary>
    public required string InverseRelationshipId { get; init; }

    /// <summary>The name of the inverse type, <c>""</c> when there is none.</summary>
    /// <example>Subsidiary</example>
    public required string InverseRelationship { get; init; }

    /// <summary>The time at which the type was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    internal static Expression<Func<RelationshipType, RelationshipTypeResponse>> Projection { get; } = type => new RelationshipTypeResponse
    {
        Id = WireFormat.Id(type.Id),
        Name = type.Name,
        InverseRelationshipId = WireFormat.IdOrEmpty(type.InverseId),
        InverseRelationship = type.Inverse == null ? "" : type.Inverse.Name,
        CreatedAt = type.CreatedAt,
        UpdatedAt = type.UpdatedAt,
        Metadata = type.Metadata,
    };
}
