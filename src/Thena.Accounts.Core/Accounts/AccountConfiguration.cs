using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Accounts;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public const string UniquePrimaryDomain = "ux_accounts_primary_domain";

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(account => account.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(account => account.AnnualRevenue).HasColumnType("numeric(19,4)");

        builder.HasReference(account => account.Status, account => new { account.OrganizationId, account.StatusId });
        builder.HasReference(account => account.Classification, account => new { account.OrganizationId, account.ClassificationId });
        builder.HasReference(account => account.Health, account => new { account.OrganizationId, account.HealthId });
        builder.HasReference(account => account.Industry, account => new { account.OrganizationId, account.IndustryId });
        builder.HasReference(account => account.AccountOwner, account => new { account.OrganizationId, account.AccountOwnerId });

        builder.HasIndex(account => new { account.OrganizationId, account.PrimaryDomain })
            .IsUnique().HasFilter(RecordConfiguration.Living).HasDatabaseName(UniquePrimaryDomain);
        builder.HasIndex(account => new { account.OrganizationId, account.SecondaryDomain })
            .HasFilter($"secondary_domain is not null and {RecordConfiguration.Living}");
        builder.HasIndex(account => new { account.OrganizationId, account.Search })
            .HasMethod("gin").HasOperators(null!, "gin_trgm_ops").HasFilter(RecordConfiguration.Living);
    }
}
