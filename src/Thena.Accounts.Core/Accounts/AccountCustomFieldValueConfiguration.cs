using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Accounts;

internal sealed class AccountCustomFieldValueConfiguration : IEntityTypeConfiguration<AccountCustomFieldValue>
{
    public void Configure(EntityTypeBuilder<AccountCustomFieldValue> builder)
    {
        builder.ToTable("account_custom_field_values");
        builder.HasKey(value => new { value.OrganizationId, value.AccountId, value.CustomFieldId });
        builder.HasOne<Account>().WithMany(account => account.CustomFieldValues)
            .HasForeignKey(value => new { value.OrganizationId, value.AccountId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(value => value.CustomField).WithMany()
            .HasForeignKey(value => new { value.OrganizationId, value.CustomFieldId }).OnDelete(DeleteBehavior.Restrict);
    }
}
