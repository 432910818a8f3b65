using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Time;

/// <summary>Parses instants in ISO 8601: date, time and offset.</summary>
public static partial class Instant
{
    /// <summary>The first instant. The start of the year 1 would be stored as infinity. A day more leaves room for every zone.</summary>
    private static readonly DateTimeOffset First = new(1, 1, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Parses an ISO 8601 instant, such as <c>2023-12-07T10:30:00+01:00</c>. Seconds and their fraction are optional.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instant">The instant in UTC, truncated to milliseconds.</param>
    /// <returns>
    /// <see langword="false"/> for a date alone, a time without an offset, a date or time that does not exist, and an instant before
    /// 0001-01-02 or after 9999-12-31.
    /// </returns>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        // The form in which servers write times. Most times that clients send have come from one.
        if (
            DateTimeOffset.TryParseExact(
                text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant))
        {
            return instant >= First;
        }

        if (text is null || Form().Match(text) is not { Success: true } match
            || !DateTime.TryParse(
                match.Groups["local"].Value.ToUpperInvariant() + match.Groups["seconds"].Value,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local))
        {
            return false;
        }

        var ticks = local.Ticks + (Milliseconds(match.Groups["fraction"].Value) * TimeSpan.TicksPerMillisecond) - Offset(match).Ticks;
        if (ticks < First.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static int Milliseconds(string fraction) => int.Parse(fraction.PadRight(3, '0')[..3], CultureInfo.InvariantCulture);

    private static TimeSpan Offset(Match match)
    {
        if (!match.Groups["hours"].Success)
        {
            return TimeSpan.Zero;
        }

        var hours = int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture);
        var minutes = match.Groups["minutes"].Success ? int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture) : 0;
        var offset = new TimeSpan(hours, minutes, 0);
        return match.Groups["sign"].Value == "-" ? -offset : offset;
    }

    [GeneratedRegex(
        @"^(?<local>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2})(?:(?<seconds>:[0-9]{2})(?:[.,](?<fraction>[0-9]+))?)?(?:[Zz]|(?<sign>[+\-])(?<hours>[01][0-9]|2[0-3])(?::?(?<minutes>[0-5][0-9]))?)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
