using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Relationships;

/// <summary>What can be said of a relationship type when it is created and when it is changed.</summary>
public abstract record RelationshipTypeFields
{
    /// <summary>Its name, unique in any case.</summary>
    /// <example>Supplier</example>
    public Optional<string?> Name { get; init; }

    /// <summary>The type that the related account is in return; on an update, the type's own id makes it its own inverse.</summary>
    public Optional<string?> InverseRelationshipId { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}
