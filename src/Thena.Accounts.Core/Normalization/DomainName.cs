using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Normalization;

/// <summary>The one form in which internet domains are kept and compared (contract: Accounts, <c>primaryDomain</c>).</summary>
public static partial class DomainName
{
    /// <summary>The longest domain in its stored form, in characters.</summary>
    public const int MaxLength = 253;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>
    /// Brings what people paste (<c>https://me@www.Acme.com:8080/about</c>, <c>@acme.com</c>, <c>bücher.example.</c>) into the stored
    /// form: lower case, host only, no leading <c>www.</c>, international names as punycode. Applying it twice changes nothing.
    /// </summary>
    /// <param name="text">What was given; blanks around it do not count.</param>
    /// <param name="domain">The stored form.</param>
    /// <returns><see langword="false"/> when what remains is no host name with a dot, or an IP address.</returns>
    public static bool TryNormalize([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? domain)
    {
        domain = null;
        if (text is null)
        {
            return false;
        }

        var host = Scheme().Replace(text.Trim(), "");
        host = host[..(host.AsSpan().IndexOfAny("/\\?#") is var end and >= 0 ? end : host.Length)];
        host = host[(host.LastIndexOf('@') + 1)..];
        host = Port().Replace(host, "");
        if (!TryGetHost(host.TrimEnd('.'), out var ascii))
        {
            return false;
        }

        while (ascii.StartsWith("www.", StringComparison.Ordinal) && ascii.IndexOf('.', 4) > 0)
        {
            ascii = ascii[4..];
        }

        domain = ascii;
        return true;
    }

    /// <summary>Brings a bare host name into lower case and punycode.</summary>
    /// <returns><see langword="false"/> when it is no host name with a dot, or an IP address.</returns>
    public static bool TryGetHost(string text, out string host)
    {
        host = "";
        try
        {
            host = Idn.GetAscii(text.ToLowerInvariant()).ToLowerInvariant().TrimEnd('.');
            return host.Length <= MaxLength && HostName().IsMatch(host);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(?:[a-z][a-z0-9+.\-]*:)?//", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();

    [GeneratedRegex(@":[0-9]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Port();

    [GeneratedRegex(@"^(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+(?:[a-z](?:[a-z0-9\-]{0,61}[a-z0-9])?)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HostName();
}
