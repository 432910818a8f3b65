namespace Thena.Accounts.Core.Organizations;

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
