using Thena.Accounts.Core.Organizations;

namespace Thena.Accounts.Core.Tenancy;

/// <summary>On whose behalf the work of this scope is done: the user of an organization that a key belongs to.</summary>
/// <param name="OrganizationId">The organization; everything this scope reads and writes is its own.</param>
/// <param name="Tier">What the organization has subscribed to.</param>
/// <param name="UserId">The user.</param>
/// <param name="KeyId">The key.</param>
/// <param name="KeyPrefix">The first characters of the key, which may be logged.</param>
/// <param name="Scopes">What the key may do, see <see cref="ApiKeyScopes"/>.</param>
public sealed record Caller(
    Ulid OrganizationId,
    OrganizationTier Tier,
    Ulid UserId,
    Ulid KeyId,
    string KeyPrefix,
    IReadOnlyList<string> Scopes);
