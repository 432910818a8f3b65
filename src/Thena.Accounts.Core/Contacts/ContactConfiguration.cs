using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Contacts;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public const string UniqueEmail = "ux_contacts_email_key";

    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contacts");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(contact => contact.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasReference(contact => contact.ContactType, contact => new { contact.OrganizationId, contact.ContactTypeId });
        builder.HasIndex(contact => new { contact.OrganizationId, contact.EmailKey })
            .IsUnique().HasFilter(RecordConfiguration.Living).HasDatabaseName(UniqueEmail);
        builder.HasIndex(contact => new { contact.OrganizationId, contact.EmailDomain }).HasFilter(RecordConfiguration.Living);
    }
}
