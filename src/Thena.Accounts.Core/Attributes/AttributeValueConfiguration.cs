using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Attributes;

internal sealed class AttributeValueConfiguration : IEntityTypeConfiguration<AttributeValue>
{
    public const string UniqueValue = "ux_attribute_values_value_key";
    public const string UniqueDefault = "ux_attribute_values_default";

    public void Configure(EntityTypeBuilder<AttributeValue> builder)
    {
        builder.ToTable("attribute_values");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(value => value.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(value => value.Kind).HasConversion(kind => kind.ToName(), name => ParseKind(name));
        builder.HasIndex(value => new { value.OrganizationId, value.Kind, value.ValueKey })
            .IsUnique().HasFilter(RecordConfiguration.Living).HasDatabaseName(UniqueValue);
        builder.HasIndex(value => new { value.OrganizationId, value.Kind }, UniqueDefault)
            .IsUnique().HasFilter($"is_default and {RecordConfiguration.Living}").HasDatabaseName(UniqueDefault);
    }

    private static AttributeKind ParseKind(string name) =>
        AttributeKinds.TryParse(name, out var kind) ? kind : throw new InvalidOperationException($"Unknown attribute {name} in the database.");
}
