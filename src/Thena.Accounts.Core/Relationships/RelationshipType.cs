using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Relationships;

/// <summary>
/// What an account can be to another, such as its parent (contract: Relationship types). Two types are the inverse of each other, or a type
/// is its own inverse.
/// </summary>
public sealed class RelationshipType : TenantEntity, IReferenceData
{
    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <summary>The name in lower case. It is unique among living types, and references match it.</summary>
    public string NameKey
    {
        get => StringNormalization.Key(Name);
        private set => _ = value;
    }

    /// <summary>The ID of the inverse type, if any: what the related account is to the account.</summary>
    public Ulid? InverseId { get; set; }

    /// <summary>The inverse type.</summary>
    public RelationshipType? Inverse { get; private set; }

    /// <summary>The client's own data, a JSON object.</summary>
    public RawJson Metadata { get; set; } = RawJson.EmptyObject;
}

internal sealed class RelationshipTypeConfiguration : IEntityTypeConfiguration<RelationshipType>
{
    /// <summary>The name of a type is unique.</summary>
    public static readonly UniqueIndex<RelationshipType> UniqueName =
        new("ux_relationship_types_name_key", "A relationship type with this name already exists!");

    public void Configure(EntityTypeBuilder<RelationshipType> builder)
    {
        builder.ToTable("relationship_types");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(type => type.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(type => type.Inverse)
            .WithMany()
            .HasForeignKey(type => new { type.OrganizationId, type.InverseId })
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(type => new { type.OrganizationId, type.InverseId })
            .IsUnique()
            .HasFilter($"inverse_id is not null and {TenantEntityMapping.Living}");
        builder.HasIndex(type => new { type.OrganizationId, type.NameKey })
            .IsUnique()
            .HasFilter(TenantEntityMapping.Living)
            .HasDatabaseName(UniqueName.Name);
    }
}
