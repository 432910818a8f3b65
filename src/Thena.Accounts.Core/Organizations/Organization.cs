using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Organizations;

/// <summary>A tenant. Everything else belongs to exactly one.</summary>
public sealed class Organization
{
    /// <summary>The organization's id.</summary>
    public required Ulid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>What it has subscribed to.</summary>
    public required OrganizationTier Tier { get; set; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.ToTable("organizations");
        builder.HasKey(organization => organization.Id);
        builder.Property(organization => organization.Id).ValueGeneratedNever();
        builder.Property(organization => organization.Tier)
            .HasConversion(tier => tier.ToString().ToLowerInvariant(), text => Enum.Parse<OrganizationTier>(text, true));
    }
}

/// <summary>What an organization has subscribed to. The free tier reaches everything but the account operations themselves.</summary>
public enum OrganizationTier
{
    /// <summary><c>free</c></summary>
    Free,

    /// <summary><c>standard</c></summary>
    Standard,

    /// <summary><c>enterprise</c></summary>
    Enterprise,
}
