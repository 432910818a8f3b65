using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Organizations;

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.HasOne<Organization>().WithMany().HasForeignKey(key => key.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(key => key.Hash).IsUnique();
    }
}
