using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Organizations;

/// <summary>
/// A key of a user. Only its hash is kept. It is no <see cref="Persistence.TenantEntity"/>: it is looked up by hash before an organization
/// is known,
/// so its table is keyed by id alone and holds no foreign key to the user, whose table is kept by organization.
/// </summary>
public sealed class ApiKey
{
    /// <summary>The key's id, by which it is revoked and rotated.</summary>
    public required Ulid Id { get; init; }

    /// <summary>The organization whose data the key reaches.</summary>
    public required Ulid OrganizationId { get; init; }

    /// <summary>The user in whose name the key acts.</summary>
    public required Ulid UserId { get; init; }

    /// <summary>What the key is for.</summary>
    public required string Name { get; init; }

    /// <summary>The first characters of the key, to tell keys apart in lists and logs.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the key. A key has 256 random bits, so nothing slower is called for.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What the key may do, see <see cref="ApiKeyScopes"/>.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>When the key was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it no longer works; <see langword="null"/> for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute or so.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>When it was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

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

/// <summary>What a key may do.</summary>
public static class ApiKeyScopes
{
    /// <summary>Read everything of the organization.</summary>
    public const string Read = "read";

    /// <summary>Create, change and delete.</summary>
    public const string Write = "write";

    /// <summary>All scopes, which a key has unless fewer are asked for.</summary>
    public static IReadOnlyList<string> All { get; } = [Read, Write];
}

/// <summary>The text of a key: a prefix that scanners for leaked secrets can know, and 256 random bits.</summary>
public static class ApiKeySecret
{
    private const string Marker = "thena_";
    private const int SecretBytes = 32;
    private const int PrefixLength = 12;

    /// <summary>Makes a key.</summary>
    public static string Create() => Marker + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether a text looks like a key, in whole or in part.</summary>
    public static bool IsKey(string? text) =>
        text?.Contains(Marker, StringComparison.Ordinal) == true && text.Length >= Marker.Length + SecretBytes;

    /// <summary>What is kept of a key, and found by.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The part of a key that may be shown.</summary>
    public static string Prefix(string key) => key[..PrefixLength];
}
