using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Core.Organizations;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public const string UniqueEmail = "ux_users_email_key";

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.HasRecordKey();
        builder.HasOne<Organization>().WithMany().HasForeignKey(user => user.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(user => new { user.OrganizationId, user.EmailKey }).IsUnique().HasFilter(RecordConfiguration.Living).HasDatabaseName(UniqueEmail);
    }
}
