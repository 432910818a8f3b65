using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Contacts;

internal sealed class AccountContactConfiguration : IEntityTypeConfiguration<AccountContact>
{
    public void Configure(EntityTypeBuilder<AccountContact> builder)
    {
        builder.ToTable("account_contacts");
        builder.HasKey(link => new { link.OrganizationId, link.AccountId, link.ContactId });
        builder.HasOne(link => link.Account).WithMany()
            .HasForeignKey(link => new { link.OrganizationId, link.AccountId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contact>().WithMany(contact => contact.Accounts)
            .HasForeignKey(link => new { link.OrganizationId, link.ContactId }).OnDelete(DeleteBehavior.Cascade);
    }
}
