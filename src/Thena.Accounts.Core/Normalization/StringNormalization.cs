using System.Buffers;
using System.Text;

namespace Thena.Accounts.Core.Normalization;

/// <summary>Converts texts to the forms in which they are stored and compared.</summary>
public static class StringNormalization
{
    private const char Refused = '\uFFFE';

    /// <summary>
    /// Returns the form for comparisons that ignore case and the composition of characters: in lower case, composed (NFC), without leading
    /// and trailing spaces.
    /// </summary>
    public static string Key(string text)
    {
        var trimmed = text.Trim();
        return Ascii.IsValid(trimmed) || !IsUnicode(trimmed)
            ? trimmed.ToLowerInvariant()
            : Compose(Compose(trimmed).ToLowerInvariant());
    }

    /// <summary>
    /// Composes a text (NFC). .NET refuses U+FFFE, which is a character like others. No other character composes with it, so the texts
    /// around it are composed one by one.
    /// </summary>
    private static string Compose(string text) =>
        string.Join(Refused, text.Split(Refused).Select(part => part.Normalize()));

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
