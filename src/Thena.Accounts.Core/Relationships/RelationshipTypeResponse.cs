using System.Linq.Expressions;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Relationships;

/// <summary>A relationship type.</summary>
public sealed record RelationshipTypeResponse
{
    /// <summary>The type's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    /// <example>Parent</example>
    public required string Name { get; init; }

    /// <summary>Id of its inverse, <c>""</c> when it has none.</summary>
    public required string InverseRelationshipId { get; init; }

    /// <summary>Name of its inverse, <c>""</c> when it has none.</summary>
    /// <example>Subsidiary</example>
    public required string InverseRelationship { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The client's own data.</summary>
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
