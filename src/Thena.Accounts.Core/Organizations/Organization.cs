using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Core.Organizations;

/// <summary>A tenant. Every other record belongs to exactly one organization.</summary>
public sealed class Organization
{
    /// <summary>The organization's ID.</summary>
    public required Ulid Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <summary>The subscription tier.</summary>
    public required OrganizationTier Tier { get; set; }

    /// <summary>The time at which the organization was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether the organization has had a webhook, so that its changes may have to be delivered.</summary>
    public bool HasWebhooks { get; init; }
}

internal sealed class OrganizationConfiguration : IEntityTypeConfiguration<Organization>
{
    public void Configure(EntityTypeBuilder<Organization> builder)
    {
        builder.ToTable("organizations");
        builder.HasKey(organization => organization.Id);
        builder.Property(organization => organization.Id).ValueGeneratedNever();
        builder.Property(organization => organization.Tier)
            .HasConversion(tier => tier.ToString().ToLowerInvariant(), text => ParseTier(text));
    }

    /// <summary>Reads the column of the tier.</summary>
    public static OrganizationTier ParseTier(string text) => Enum.Parse<OrganizationTier>(text, ignoreCase: true);
}
