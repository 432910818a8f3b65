namespace Thena.Accounts.Core.Normalization;

/// <summary>Converts texts to the forms in which they are stored and compared.</summary>
public static class StringNormalization
{
    /// <summary>Returns the form for comparisons that ignore case: in lower case, without leading and trailing spaces.</summary>
    public static string Key(string text) => text.Trim().ToLowerInvariant();

    /// <summary>Removes leading and trailing spaces. Returns <see langword="null"/> if nothing is left.</summary>
    public static string? TrimToNull(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>Returns a free text as it was written, or <see langword="null"/> if it is empty.</summary>
    public static string? EmptyToNull(string? text) => text is { Length: > 0 } ? text : null;
}
