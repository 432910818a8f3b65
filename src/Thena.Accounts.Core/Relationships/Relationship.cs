using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Relationships;

/// <summary>
/// A directed relationship between two accounts (contract: Relationships). If its type has an inverse, the same fact can be stated from
/// either end. The three <c>Fact…</c> properties contain its canonical form, which is unique.
/// </summary>
public sealed class Relationship : TenantEntity
{
    /// <summary>The ID of the account.</summary>
    public required Ulid AccountId { get; init; }

    /// <summary>The account.</summary>
    public Account? Account { get; private set; }

    /// <summary>The ID of the related account.</summary>
    public required Ulid RelatedAccountId { get; init; }

    /// <summary>The related account.</summary>
    public Account? RelatedAccount { get; private set; }

    /// <summary>The ID of the type: what the account is to the related account.</summary>
    public Ulid TypeId { get; private set; }

    /// <summary>The type.</summary>
    public RelationshipType? Type { get; private set; }

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;

    /// <summary>The ID of the account in the canonical form.</summary>
    public Ulid FactAccountId { get; private set; }

    /// <summary>The ID of the related account in the canonical form.</summary>
    public Ulid FactRelatedAccountId { get; private set; }

    /// <summary>The ID of the type in the canonical form: the smaller of the IDs of the type and its inverse.</summary>
    public Ulid FactTypeId { get; private set; }

    /// <summary>
    /// Sets the type, and derives the canonical form: it has the smaller ID of the type and its inverse. If the type is its own inverse,
    /// the account with the smaller ID comes first.
    /// </summary>
    internal void SetType(Ulid typeId, Ulid? inverseId)
    {
        TypeId = typeId;
        var isTurned = inverseId is { } inverse
            && (inverse == typeId ? AccountId.CompareTo(RelatedAccountId) > 0 : inverse.CompareTo(typeId) < 0);
        FactTypeId = isTurned ? inverseId!.Value : typeId;
        (FactAccountId, FactRelatedAccountId) = isTurned ? (RelatedAccountId, AccountId) : (AccountId, RelatedAccountId);
    }
}

internal sealed class RelationshipConfiguration : IEntityTypeConfiguration<Relationship>
{
    /// <summary>The same fact cannot be stated twice.</summary>
    public static readonly UniqueRule UniqueFact = UniqueRule.Create<Relationship>(
        "ux_relationships_fact",
        "This relationship already exists!",
        relationship => twin => twin.FactAccountId == relationship.FactAccountId
            && twin.FactRelatedAccountId == relationship.FactRelatedAccountId
            && twin.FactTypeId == relationship.FactTypeId);

    public void Configure(EntityTypeBuilder<Relationship> builder)
    {
        builder.ToTable("relationships");
        builder.HasRecordKey();
        builder.HasReference(
            relationship => relationship.Account, relationship => new { relationship.OrganizationId, relationship.AccountId });
        builder.HasReference(
            relationship => relationship.RelatedAccount,
            relationship => new { relationship.OrganizationId, relationship.RelatedAccountId });
        builder.HasReference(
            relationship => relationship.Type, relationship => new { relationship.OrganizationId, relationship.TypeId });
        builder.HasIndex(
            relationship => new
            {
                relationship.OrganizationId,
                relationship.FactAccountId,
                relationship.FactRelatedAccountId,
                relationship.FactTypeId,
            })
            .IsUnique().HasFilter(TenantEntityMapping.Living).HasDatabaseName(UniqueFact.Index);
    }
}
