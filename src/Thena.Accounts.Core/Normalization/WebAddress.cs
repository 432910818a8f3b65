using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Normalization;

/// <summary>Addresses of web pages and pictures.</summary>
public static partial class WebAddress
{
    /// <summary>What an address that was written without a scheme begins with.</summary>
    public const string DefaultScheme = "https://";

    /// <summary>Whether this is an absolute http or https URL with a host.</summary>
    public static bool IsValid(string text) =>
        !text.Any(IsInvisible) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.Host.Length > 0
        && text.StartsWith(uri.Scheme + "://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts <see cref="DefaultScheme"/> before an address that was written without a scheme.</summary>
    public static string Complete(string text) => Scheme().IsMatch(text.Trim()) ? text.Trim() : DefaultScheme + text.Trim();

    private static bool IsInvisible(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format;

    [GeneratedRegex(@"^[a-z][a-z0-9+.\-]*:(?://|[^0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();
}
