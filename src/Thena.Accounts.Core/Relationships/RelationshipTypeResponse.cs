using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Relationships;

/// <summary>A relationship type.</summary>
public sealed record RelationshipTypeResponse : IVersioned
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

    /// <summary>Makes the response from a type and its inverse, if it has one.</summary>
    internal static RelationshipTypeResponse From(RelationshipType type, RelationshipType? inverse) => new()
    {
        Id = WireFormat.Id(type.Id),
        Name = type.Name,
        InverseRelationshipId = type.InverseId is { } id ? WireFormat.Id(id) : "",
        InverseRelationship = inverse?.Name ?? "",
        CreatedAt = type.CreatedAt,
        UpdatedAt = type.UpdatedAt,
        Metadata = type.Metadata,
    };

    /// <summary>Stands for a type that has been deleted while its relationship was read.</summary>
    internal static RelationshipTypeResponse Unknown(Ulid id) => new()
    {
        Id = WireFormat.Id(id),
        Name = "",
        InverseRelationshipId = "",
        InverseRelationship = "",
        CreatedAt = id.Time,
        UpdatedAt = id.Time,
        Metadata = RawJson.EmptyObject,
    };

    /// <summary>Makes the response from a type.</summary>
    internal static RelationshipTypeResponse From(RelationshipType type, References references) =>
        From(type, references.Get<RelationshipType>(type.InverseId));
}
