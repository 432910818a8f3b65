using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Relationships;

/// <summary>Changes to a relationship. Its accounts stay.</summary>
public sealed record UpdateRelationshipRequest
{
    /// <summary>What the account is to the other: id or name of a relationship type.</summary>
    /// <example>Partner</example>
    public Optional<string?> RelationshipType { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}
