using System.Buffers;
using System.Text;

namespace Thena.Accounts.Core.Normalization;

/// <summary>Converts texts to the forms in which they are stored and compared.</summary>
public static class StringNormalization
{
    /// <summary>
    /// Returns the form for comparisons that ignore case and the composition of characters: in lower case, composed (NFC), without leading
    /// and trailing spaces.
    /// </summary>
    public static string Key(string text)
    {
        var trimmed = text.Trim();
        return Ascii.IsValid(trimmed) || !IsUnicode(trimmed)
            ? trimmed.ToLowerInvariant()
            : trimmed.Normalize().ToLowerInvariant().Normalize();
    }

    /// <summary>Returns whether a text has no half of a surrogate pair, which cannot be composed.</summary>
    private static bool IsUnicode(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    /// <summary>Removes leading and trailing spaces. Returns <see langword="null"/> if nothing is left.</summary>
    public static string? TrimToNull(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>Returns a free text as it was written, or <see langword="null"/> if it is empty.</summary>
    public static string? EmptyToNull(string? text) => text is { Length: > 0 } ? text : null;
}
