using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Relationships;

internal sealed class RelationshipTypeConfiguration : IEntityTypeConfiguration<RelationshipType>
{
    public const string UniqueName = "ux_relationship_types_name_key";

    public void Configure(EntityTypeBuilder<RelationshipType> builder)
    {
        builder.ToTable("relationship_types");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(type => type.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(type => type.Inverse).WithMany().HasForeignKey(type => new { type.OrganizationId, type.InverseId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(type => new { type.OrganizationId, type.InverseId }).IsUnique().HasFilter($"inverse_id is not null and {RecordConfiguration.Living}");
        builder.HasIndex(type => new { type.OrganizationId, type.NameKey }).IsUnique().HasFilter(RecordConfiguration.Living).HasDatabaseName(UniqueName);
    }
}
