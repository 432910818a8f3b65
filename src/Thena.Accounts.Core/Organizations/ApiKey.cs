using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Organizations;

/// <summary>
/// An API key of a user. Only its hash is stored. It is not a tenant-scoped record, because it is looked up by hash
/// before the organization is known. Its table is keyed by ID alone and has no foreign key to users, which are keyed by organization.
/// </summary>
public sealed class ApiKey
{
    /// <summary>The ID of the key, by which it is revoked and rotated.</summary>
    public required Ulid Id { get; init; }

    /// <summary>The ID of the organization whose data the key can access.</summary>
    public required Ulid OrganizationId { get; init; }

    /// <summary>The ID of the user in whose name the key acts.</summary>
    public required Ulid UserId { get; init; }

    /// <summary>The name, which says what the key is for.</summary>
    public required string Name { get; init; }

    /// <summary>The first characters of the key, to tell keys apart in lists and logs.</summary>
    public required string Prefix { get; init; }

    /// <summary>The SHA-256 hash of the key. A key has 256 random bits, so a slow password hash is not needed.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The scopes of the key, see <see cref="ApiKeyScopes"/>.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>The time at which the key was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time at which the key expires; <see langword="null"/> if it never does.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The approximate time of the last use; it is written periodically.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>The time at which the key was revoked, if it was.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(key => key.Id);
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.HasIndex(key => key.OrganizationId);
        builder.HasOne<Organization>().WithMany().HasForeignKey(key => key.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(key => key.Hash).IsUnique();
    }
}
