using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

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

    /// <summary>The name of the account.</summary>
    [Shown(nameof(Account), nameof(Accounts.Account.Name))]
    public string AccountName { get; set; } = "";

    /// <summary>The ID of the related account.</summary>
    public required Ulid RelatedAccountId { get; init; }

    /// <summary>The related account.</summary>
    public Account? RelatedAccount { get; private set; }

    /// <summary>The name of the related account.</summary>
    [Shown(nameof(RelatedAccount), nameof(Accounts.Account.Name))]
    public string RelatedAccountName { get; set; } = "";

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
    internal void SetType(RelationshipType type)
    {
        TypeId = type.Id;
        var isTurned = type.InverseId is { } inverse
            && (inverse == type.Id ? AccountId.CompareTo(RelatedAccountId) > 0 : inverse.CompareTo(type.Id) < 0);
        FactTypeId = isTurned ? type.InverseId!.Value : type.Id;
        (FactAccountId, FactRelatedAccountId) = isTurned ? (RelatedAccountId, AccountId) : (AccountId, RelatedAccountId);
    }
}

internal sealed class RelationshipConfiguration : IEntityTypeConfiguration<Relationship>
{
    /// <summary>The same fact cannot be stated twice.</summary>
    public static readonly UniqueIndex<Relationship> UniqueFact = new("ux_relationships_fact", "This relationship already exists!");

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
            .IsUnique().HasFilter(TenantEntityMapping.Living).HasDatabaseName(UniqueFact.Name);
    }
}
