using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Common;

/// <summary>Instants as ISO 8601 writes them: date, time and offset.</summary>
public static partial class Instant
{
    /// <summary>Reads an instant in any of the spellings of ISO 8601, such as <c>2023-12-07T10:30:00+01:00</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">The instant, in UTC, cut to milliseconds.</param>
    /// <returns><see langword="false"/> for a date alone, a time without offset, and what no clock shows.</returns>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is null || Form().Match(text) is not { Success: true } match
            || !DateTimeOffset.TryParse(Extended(match), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
        {
            return false;
        }

        instant = parsed;
        return true;
    }

    /// <summary>The one spelling of many: colons in the offset, and a fraction of milliseconds behind a point.</summary>
    private static string Extended(Match match)
    {
        var fraction = match.Groups["fraction"] is { Success: true, Value: var digits } ? $".{digits[..Math.Min(digits.Length, 3)]}" : "";
        var minutes = match.Groups["minutes"] is { Success: true } group ? group.Value : "00";
        var offset = match.Groups["hours"] is { Success: true } hours ? $"{hours.Value}:{minutes}" : "Z";
        return match.Groups["local"].Value.ToUpperInvariant() + fraction + offset;
    }

    [GeneratedRegex(
        @"^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,](?<fraction>[0-9]+))?(?:[Zz]|(?<hours>[+\-][0-9]{2})(?::?(?<minutes>[0-9]{2}))?)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
