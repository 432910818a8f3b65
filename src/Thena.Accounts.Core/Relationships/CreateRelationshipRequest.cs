using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Relationships;

/// <summary>That one account is something to another.</summary>
public sealed record CreateRelationshipRequest
{
    /// <summary>The account.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCD</example>
    public Optional<string?> AccountId { get; init; }

    /// <summary>The other account.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCE</example>
    public Optional<string?> RelatedAccountId { get; init; }

    /// <summary>What the account is to the other: id or name of a relationship type.</summary>
    /// <example>Parent</example>
    public Optional<string?> RelationshipType { get; init; }

    /// <summary>The client's own data.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}
