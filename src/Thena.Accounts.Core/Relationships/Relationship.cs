using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Relationships;

/// <summary>
/// That one account is something to another (contract: Relationships). The same fact can be told from either end when its type has an
/// inverse; the
/// three <c>Fact…</c> members tell it in one way only, and are unique.
/// </summary>
public sealed class Relationship : TenantEntity
{
    /// <summary>The account, as it was told.</summary>
    public required Ulid AccountId { get; init; }

    /// <summary>See <see cref="AccountId"/>.</summary>
    public Account? Account { get; private set; }

    /// <summary>The other account, as it was told.</summary>
    public required Ulid RelatedAccountId { get; init; }

    /// <summary>See <see cref="RelatedAccountId"/>.</summary>
    public Account? RelatedAccount { get; private set; }

    /// <summary>What the account is to the other.</summary>
    public Ulid TypeId { get; private set; }

    /// <summary>See <see cref="TypeId"/>.</summary>
    public RelationshipType? Type { get; private set; }

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;

    /// <summary>Of the fact: the account.</summary>
    public Ulid FactAccountId { get; private set; }

    /// <summary>Of the fact: the other account.</summary>
    public Ulid FactRelatedAccountId { get; private set; }

    /// <summary>Of the fact: the smaller of the type and its inverse.</summary>
    public Ulid FactTypeId { get; private set; }

    /// <summary>Says what the account is to the other, and how the fact is told in one way only.</summary>
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
    /// <summary>A fact is stated once.</summary>
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
        builder.HasOne(relationship => relationship.Account).WithMany()
            .HasForeignKey(relationship => new { relationship.OrganizationId, relationship.AccountId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(relationship => relationship.RelatedAccount).WithMany()
            .HasForeignKey(relationship => new { relationship.OrganizationId, relationship.RelatedAccountId })
                .OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(relationship => relationship.Type).WithMany()
            .HasForeignKey(relationship => new { relationship.OrganizationId, relationship.TypeId }).OnDelete(DeleteBehavior.Restrict);
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
