using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

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

    /// <summary>The columns of a type and of its inverse, for <see cref="Read"/>.</summary>
    /// <param name="type">The qualifier of the type.</param>
    internal static string Columns(string type) =>
        $"{type}.id, {type}.name, {type}.inverse_id, inverse.name, {type}.created_at, {type}.updated_at, {type}.metadata";

    /// <summary>The join of the inverse of a type.</summary>
    /// <param name="type">The qualifier of the type.</param>
    internal static string Join(string type) =>
        $"left join relationship_types inverse on inverse.organization_id = $1 and inverse.id = {type}.inverse_id"
        + " and inverse.deleted_at is null";

    internal static RecordShape<RelationshipTypeResponse> Shape { get; } = new("relationship_types", Columns("r"), Join("r"), Read);

    /// <summary>Reads the columns of a type.</summary>
    internal static RelationshipTypeResponse Read(ColumnReader row) => new()
    {
        Id = row.Id(),
        Name = row.Text(),
        InverseRelationshipId = row.IdOrEmpty(),
        InverseRelationship = row.TextOrEmpty(),
        CreatedAt = row.Time(),
        UpdatedAt = row.Time(),
        Metadata = row.Json(),
    };
}
