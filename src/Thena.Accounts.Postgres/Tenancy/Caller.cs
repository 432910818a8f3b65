namespace Thena.Accounts.Postgres.Tenancy;

/// <summary>The caller of a request: an API key, its user, and their organization.</summary>
/// <param name="OrganizationId">The ID of the organization. The request reads and writes only its data.</param>
/// <param name="Tier">The subscription tier of the organization.</param>
/// <param name="UserId">The ID of the user that the key belongs to.</param>
/// <param name="KeyId">The ID of the key.</param>
/// <param name="KeyPrefix">The first characters of the key, which can be logged.</param>
/// <param name="Scopes">The scopes of the key, as defined by the API.</param>
public sealed record Caller(
    Ulid OrganizationId,
    OrganizationTier Tier,
    Ulid UserId,
    Ulid KeyId,
    string KeyPrefix,
    IReadOnlyList<string> Scopes);
