using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.CustomFields;

internal sealed class CustomFieldConfiguration : IEntityTypeConfiguration<CustomField>
{
    public const string UniqueName = "ux_custom_fields_name_key";

    public void Configure(EntityTypeBuilder<CustomField> builder)
    {
        builder.ToTable("custom_fields");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(field => field.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(field => field.Version).IsConcurrencyToken();
        builder.HasIndex(field => new { field.OrganizationId, field.Source, field.NameKey })
            .IsUnique().HasFilter(RecordConfiguration.Living).HasDatabaseName(UniqueName);
    }
}
