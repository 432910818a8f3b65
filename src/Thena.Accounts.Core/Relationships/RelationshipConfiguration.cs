using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Relationships;

internal sealed class RelationshipConfiguration : IEntityTypeConfiguration<Relationship>
{
    public const string UniqueFact = "ux_relationships_fact";

    public void Configure(EntityTypeBuilder<Relationship> builder)
    {
        builder.ToTable("relationships");
        builder.HasRecordKey();
        builder.HasOne(relationship => relationship.Account).WithMany()
            .HasForeignKey(relationship => new { relationship.OrganizationId, relationship.AccountId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(relationship => relationship.RelatedAccount).WithMany()
            .HasForeignKey(relationship => new { relationship.OrganizationId, relationship.RelatedAccountId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(relationship => relationship.Type).WithMany()
            .HasForeignKey(relationship => new { relationship.OrganizationId, relationship.TypeId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(relationship => new { relationship.OrganizationId, relationship.FactAccountId, relationship.FactRelatedAccountId, relationship.FactTypeId })
            .IsUnique().HasFilter(RecordConfiguration.Living).HasDatabaseName(UniqueFact);
    }
}
