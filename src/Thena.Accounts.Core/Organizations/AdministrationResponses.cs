namespace Thena.Accounts.Core.Organizations;

/// <summary>An organization, as the command line shows it.</summary>
public sealed record OrganizationResponse(string Id, string Name, string Tier, DateTimeOffset CreatedAt);

/// <summary>A user, as the command line shows it.</summary>
public sealed record UserResponse(string Id, string OrganizationId, string Name, string Email, string? AvatarUrl, DateTimeOffset CreatedAt);

/// <summary>A key, as the command line shows it: everything but the key itself.</summary>
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

/// <summary>A key that was just made: the only time that it is shown.</summary>
public sealed record NewApiKeyResponse(string Id, string Key);

/// <summary>A key that was just made, with an organization and a user of its own: the only time that it is shown.</summary>
public sealed record BootstrapResponse(string Id, string Key, string UserId, string OrganizationId);
