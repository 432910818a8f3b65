using System.ComponentModel.DataAnnotations;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>How many requests a key may make (contract: General, rate-limit headers).</summary>
internal sealed class RateLimitOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "RateLimit";

    /// <summary>Requests a minute and key on this copy of the server; 0 counts none and sends no headers.</summary>
    [Range(0, int.MaxValue)]
    public int RequestsPerMinute { get; set; } = 6_000;
}
