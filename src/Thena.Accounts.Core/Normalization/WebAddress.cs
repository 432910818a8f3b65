using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Normalization;

/// <summary>Validates and completes the URLs of web pages and images.</summary>
public static partial class WebAddress
{
    /// <summary>The scheme of a URL that was written without one.</summary>
    public const string DefaultScheme = "https://";

    /// <summary>Returns whether the text is an absolute http or https URL with a host.</summary>
    public static bool IsValid(string text) =>
        !text.Any(IsInvisible) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0
        && text.StartsWith(uri.Scheme + "://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds <see cref="DefaultScheme"/> to a URL without a scheme, and removes leading and trailing spaces.</summary>
    public static string Complete(string text) => Scheme().IsMatch(text.Trim()) ? text.Trim() : DefaultScheme + text.Trim();

    private static bool IsInvisible(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;

    [GeneratedRegex(@"^[a-z][a-z0-9+.\-]*:(?://|[^0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();
}
