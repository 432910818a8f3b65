namespace Thena.Accounts.Core.Administration;

/// <summary>An organization, as the command line shows it.</summary>
public sealed record OrganizationResponse(string Id, string Name, string Tier, DateTimeOffset CreatedAt);

/// <summary>A user, as the command line shows it.</summary>
public sealed record UserResponse(string Id, string OrganizationId, string Name, string Email, string? AvatarUrl, DateTimeOffset CreatedAt);

/// <summary>An API key, as the command line shows it: everything except the secret.</summary>
public sealed record ApiKeyResponse(
    string Id,
    string OrganizationId,
    string UserId,
    string Name,
    string Prefix,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt);

/// <summary>A new API key. The secret is shown only this once.</summary>
public sealed record NewApiKeyResponse(string Id, string Key);

/// <summary>An organization with its first user and API key. The secret of a new key is shown only this once.</summary>
/// <param name="Created">Whether the key is new.</param>
/// <param name="Id">The ID of the key.</param>
/// <param name="Key">The secret, if the key is new.</param>
/// <param name="UserId">The ID of the user that the key acts for.</param>
/// <param name="OrganizationId">The ID of the organization.</param>
public sealed record BootstrapResponse(bool Created, string Id, string? Key, string UserId, string OrganizationId);
