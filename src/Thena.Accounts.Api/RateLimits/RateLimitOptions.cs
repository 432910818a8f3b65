using System.ComponentModel.DataAnnotations;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>The limit on the requests of each key (contract: General, rate-limit headers).</summary>
internal sealed class RateLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimit";

    /// <summary>The number of requests per minute and key on this instance of the server. 0 turns off the limit and its headers.</summary>
    [Range(0, int.MaxValue)]
    public int RequestsPerMinute { get; set; } = 6_000;
}
