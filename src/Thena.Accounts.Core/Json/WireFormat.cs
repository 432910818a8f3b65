using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Thena.Accounts.Core.Json;

/// <summary>Writes and reads single values of the API.</summary>
public static class WireFormat
{
    /// <summary>Writes an ID as a ULID of 26 characters.</summary>
    public static string Id(Ulid id) => id.ToString();

    /// <summary>The number of characters of an instant.</summary>
    public const int TimeLength = 24;

    /// <summary>Writes an instant in UTC with milliseconds, such as <c>2023-12-07T10:30:00.000Z</c>.</summary>
    public static string Time(DateTimeOffset time) => string.Create(TimeLength, time, static (text, time) => WriteTime(time, text));

    /// <summary>Writes an instant into a span of <see cref="TimeLength"/> characters.</summary>
    public static void WriteTime(DateTimeOffset time, Span<char> text)
    {
        // The standard format, such as 2023-12-07T10:30:00.0000000Z, is written much faster than one of our own.
        Span<char> exact = stackalloc char[28];
        time.UtcDateTime.TryFormat(exact, out _, "O", CultureInfo.InvariantCulture);
        exact[..(TimeLength - 1)].CopyTo(text);
        text[TimeLength - 1] = 'Z';
    }

    /// <summary>Removes the trailing zeros that a database column adds to a number.</summary>
    public static decimal Number(decimal number) => number / 1.0000000000000000000000000000m;

    /// <summary>Parses an ID, in upper or lower case.</summary>
    /// <returns><see langword="false"/> for anything but a ULID. Callers treat a malformed ID like an unknown one.</returns>
    public static bool TryParseId([NotNullWhen(true)] string? text, out Ulid id) =>
        Ulid.TryParse(text, out id) && string.Equals(id.ToString(), text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses an ID to search for. Returns an ID that no record has if the text is not a ULID.</summary>
    public static Ulid IdOrNone(string? text) => TryParseId(text, out var id) ? id : default;

    /// <summary>Parses many IDs. Returns the valid ones in the order given, without duplicates.</summary>
    public static List<Ulid> ParseIds(IEnumerable<string?> texts)
    {
        List<Ulid> ids = [];
        foreach (var text in texts)
        {
            if (TryParseId(text, out var id))
            {
                ids.Add(id);
            }
        }

        return [.. ids.Distinct()];
    }
}
