using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Relationships;

/// <summary>A directed relationship between two accounts.</summary>
public sealed record RelationshipResponse : IVersioned
{
    /// <summary>The relationship's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The account's ID.</summary>
    public required string AccountId { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Account { get; init; }

    /// <summary>The related account's ID.</summary>
    public required string RelatedAccountId { get; init; }

    /// <summary>The related account's name.</summary>
    /// <example>Globex</example>
    public required string RelatedAccount { get; init; }

    /// <summary>What the account is to the related account.</summary>
    public required RelationshipTypeResponse RelationshipType { get; init; }

    /// <summary>The time at which the relationship was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>Makes the response from a relationship.</summary>
    internal static RelationshipResponse From(Relationship relationship, References references) => new()
    {
        Id = WireFormat.Id(relationship.Id),
        AccountId = WireFormat.Id(relationship.AccountId),
        Account = relationship.AccountName,
        RelatedAccountId = WireFormat.Id(relationship.RelatedAccountId),
        RelatedAccount = relationship.RelatedAccountName,
        RelationshipType = references.Get<RelationshipType>(relationship.TypeId) is { } type
            ? RelationshipTypeResponse.From(type, references)
            : RelationshipTypeResponse.Unknown(relationship.TypeId),
        CreatedAt = relationship.CreatedAt,
        UpdatedAt = relationship.UpdatedAt,
        Metadata = relationship.Metadata,
    };
}
