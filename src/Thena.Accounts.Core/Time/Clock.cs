using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Time;

/// <summary>The time as records keep it.</summary>
public static class Clock
{
    /// <summary>Now, in UTC, cut to the millisecond that the wire shows.</summary>
    public static DateTimeOffset Now(this TimeProvider time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}

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
            || !DateTime.TryParse(
                match.Groups["local"].Value.ToUpperInvariant() + match.Groups["seconds"].Value,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local))
        {
            return false;
        }

        var ticks = local.Ticks + (Milliseconds(match.Groups["fraction"].Value) * TimeSpan.TicksPerMillisecond) - Offset(match).Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
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
