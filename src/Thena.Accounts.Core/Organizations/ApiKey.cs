namespace Thena.Accounts.Core.Organizations;

/// <summary>
/// A key of a user. Only its hash is kept. It is no <see cref="Persistence.Record"/>: it is looked up by hash before an organization is known,
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
