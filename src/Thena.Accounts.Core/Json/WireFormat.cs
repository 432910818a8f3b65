using System.Diagnostics.CodeAnalysis;

namespace Thena.Accounts.Core.Json;

/// <summary>How single values are written in the API.</summary>
public static class WireFormat
{
    /// <summary>Writes an ID as a ULID of 26 characters.</summary>
    public static string Id(Ulid id) => id.ToString();

    /// <summary>Removes the trailing zeros that a column adds to a number.</summary>
    public static decimal Number(decimal number) => number / 1.0000000000000000000000000000m;

    /// <summary>Reads an id, in upper or lower case.</summary>
    /// <returns><see langword="false"/> for anything but a ULID: a malformed id answers as an unknown one does.</returns>
    public static bool TryParseId([NotNullWhen(true)] string? text, out Ulid id) =>
        Ulid.TryParse(text, out id) && string.Equals(id.ToString(), text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an id to look for: one that no record has for anything but a ULID.</summary>
    public static Ulid IdOrNone(string? text) => TryParseId(text, out var id) ? id : default;

    /// <summary>Reads many ids: those that are some, in the order given, each once.</summary>
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
