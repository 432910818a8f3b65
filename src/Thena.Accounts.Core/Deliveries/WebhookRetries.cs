using System.Security.Cryptography;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>When failed deliveries are tried again.</summary>
internal static class WebhookRetries
{
    /// <summary>The time without a success after which a webhook is disabled.</summary>
    public const int MaxFailingDays = 5;

    /// <summary>The longest time for which a receiver can ask to be left alone.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Returns the delay before the next attempt; null if there is none.</summary>
    /// <param name="attempts">The number of attempts so far.</param>
    /// <param name="retryAfter">The time for which the receiver has asked, if it has.</param>
    public static TimeSpan? DelayAfter(int attempts, TimeSpan? retryAfter)
    {
        if (attempts > Delays.Length)
        {
            return null;
        }

        // Up to 10 % more or less, so that what failed together does not come back together.
        var delay = Delays[attempts - 1] * (0.9 + (RandomNumberGenerator.GetInt32(0, 2_001) / 10_000.0));
        var asked = retryAfter > MaxRetryAfter ? MaxRetryAfter : retryAfter;
        return asked > delay ? asked : delay;
    }
}
