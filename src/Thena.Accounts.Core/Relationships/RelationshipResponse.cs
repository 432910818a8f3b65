using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

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

    internal static RecordShape<RelationshipResponse> Shape { get; } = new(
        "relationships",
        $"""
        r.id, r.account_id, account.name, r.related_account_id, related.name, {RelationshipTypeResponse.Columns("type")},
        r.created_at, r.updated_at, r.metadata
        """,
        $"""
        join accounts account on account.organization_id = $1 and account.id = r.account_id
        join accounts related on related.organization_id = $1 and related.id = r.related_account_id
        join relationship_types type on type.organization_id = $1 and type.id = r.type_id
        {RelationshipTypeResponse.Join("type")}
        """,
        row => new RelationshipResponse
        {
            Id = row.Id(),
            AccountId = row.Id(),
            Account = row.Text(),
            RelatedAccountId = row.Id(),
            RelatedAccount = row.Text(),
            RelationshipType = RelationshipTypeResponse.Read(row),
            CreatedAt = row.Time(),
            UpdatedAt = row.Time(),
            Metadata = row.Json(),
        });
}
