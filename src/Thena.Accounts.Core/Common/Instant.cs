using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Common;

/// <summary>Instants as ISO 8601 writes them: date, time and offset.</summary>
public static partial class Instant
{
    /// <summary>Reads an instant, such as <c>2023-12-07T10:30:00+01:00</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">The instant, in UTC, cut to milliseconds.</param>
    /// <returns><see langword="false"/> for a date alone, a time without offset, and what no clock shows.</returns>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || !Form().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
        {
            return false;
        }

        instant = DateTimeOffset.FromUnixTimeMilliseconds(parsed.ToUnixTimeMilliseconds());
        return true;
    }

    [GeneratedRegex(
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,7}[0-9]*)?)?(?:Z|[+\-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
