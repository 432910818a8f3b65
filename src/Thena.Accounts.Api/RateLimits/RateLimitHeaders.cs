namespace Thena.Accounts.Api.RateLimits;

/// <summary>The rate-limit headers of authenticated responses (contract: General, rate-limit headers).</summary>
internal static class RateLimitHeaders
{
    public const string Limit = "X-RateLimit-Limit";
    public const string Remaining = "X-RateLimit-Remaining";
    public const string Reset = "X-RateLimit-Reset";
    public const string Ip = "X-RateLimit-IP";
    public const string UserId = "X-RateLimit-UserID";
    public const string OrganizationId = "X-RateLimit-OrgID";
    public const string Path = "X-RateLimit-Path";
}
