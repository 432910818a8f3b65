using System.ComponentModel.DataAnnotations;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>The limits on requests (contract: General, rate-limit headers).</summary>
internal sealed class RateLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimit";

    /// <summary>The number of requests per minute and key on this instance of the server. 0 turns off the limit and its headers.</summary>
    [Range(0, int.MaxValue)]
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>
    /// The number of requests per minute without a valid API key from one client address, on this instance of the server. 0 turns off the
    /// limit.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int RequestsPerMinuteWithoutKey { get; set; } = 600;

    /// <summary>The number of requests with large bodies, such as bulk requests, that are processed at once.</summary>
    [Range(1, int.MaxValue)]
    public int HeavyRequestsAtOnce { get; set; } = 4;

    /// <summary>The number of requests with large bodies that may wait.</summary>
    [Range(0, int.MaxValue)]
    public int HeavyRequestsWaiting { get; set; } = 32;
}
