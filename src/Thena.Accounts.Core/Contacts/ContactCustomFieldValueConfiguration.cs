using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Contacts;

internal sealed class ContactCustomFieldValueConfiguration : IEntityTypeConfiguration<ContactCustomFieldValue>
{
    public void Configure(EntityTypeBuilder<ContactCustomFieldValue> builder)
    {
        builder.ToTable("contact_custom_field_values");
        builder.HasKey(value => new { value.OrganizationId, value.ContactId, value.CustomFieldId });
        builder.HasOne<Contact>().WithMany(contact => contact.CustomFieldValues)
            .HasForeignKey(value => new { value.OrganizationId, value.ContactId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(value => value.CustomField).WithMany()
            .HasForeignKey(value => new { value.OrganizationId, value.CustomFieldId }).OnDelete(DeleteBehavior.Restrict);
    }
}
