namespace Thena.Accounts.Core.Normalization;

/// <summary>The forms in which texts are kept and compared.</summary>
public static class StringNormalization
{
    /// <summary>The form in which two texts are equal in any case.</summary>
    public static string Key(string text) => text.Trim().ToLowerInvariant();

    /// <summary>A text without leading and trailing blanks, <see langword="null"/> when nothing is left.</summary>
    public static string? TrimToNull(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>A free text as it was written, <see langword="null"/> when it is empty.</summary>
    public static string? EmptyToNull(string? text) => text is { Length: > 0 } ? text : null;
}
