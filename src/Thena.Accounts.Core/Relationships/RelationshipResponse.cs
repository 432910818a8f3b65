using System.Linq.Expressions;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Relationships;

/// <summary>A directed relationship between two accounts.</summary>
public sealed record RelationshipResponse
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

    internal static Expression<Func<Relationship, RelationshipResponse>> Projection { get; } = relationship => new RelationshipResponse
    {
        Id = WireFormat.Id(relationship.Id),
        AccountId = WireFormat.Id(relationship.AccountId),
        Account = relationship.Account!.Name,
        RelatedAccountId = WireFormat.Id(relationship.RelatedAccountId),
        RelatedAccount = relationship.RelatedAccount!.Name,
        RelationshipType = new RelationshipTypeResponse
        {
            Id = WireFormat.Id(relationship.TypeId),
            Name = relationship.Type!.Name,
            InverseRelationshipId = WireFormat.IdOrEmpty(relationship.Type.InverseId),
            InverseRelationship = relationship.Type.Inverse == null ? "" : relationship.Type.Inverse.Name,
            CreatedAt = relationship.Type.CreatedAt,
            UpdatedAt = relationship.Type.UpdatedAt,
            Metadata = relationship.Type.Metadata,
        },
        CreatedAt = relationship.CreatedAt,
        UpdatedAt = relationship.UpdatedAt,
        Metadata = relationship.Metadata,
    };
}
