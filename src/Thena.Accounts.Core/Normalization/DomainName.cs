using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Normalization;

/// <summary>The form in which internet domains are stored and compared (contract: Accounts, <c>primaryDomain</c>).</summary>
public static partial class DomainName
{
    /// <summary>The largest length of a domain in its stored form, in characters.</summary>
    public const int MaxLength = 253;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };
    private static readonly SearchValues<char> PlainLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>
    /// Converts what people paste (<c>https://me@www.Acme.com:8080/about</c>, <c>@acme.com</c>, <c>bücher.example.</c>) to the stored
    /// form: lower case, host only, no leading <c>www.</c>, and international names in punycode. The stored form stays unchanged.
    /// </summary>
    /// <param name="text">The input. Leading and trailing spaces are ignored.</param>
    /// <param name="domain">The stored form.</param>
    /// <returns><see langword="false"/> if the host is an IP address, or not a host name with a dot.</returns>
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

    /// <summary>Converts a bare host name to lower case and punycode.</summary>
    /// <returns><see langword="false"/> if the text is an IP address, or not a host name with a dot.</returns>
    public static bool TryGetHost(string text, out string host)
    {
        host = "";
        try
        {
            host = text.ToLowerInvariant();
            if (!IsPlain(host))
            {
                host = Idn.GetAscii(host).ToLowerInvariant().TrimEnd('.');
            }

            return host.Length <= MaxLength && HostName().IsMatch(host);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>
    /// Returns whether a host name in lower case is in its ASCII form already. Labels that may be punycode are not: they need a check.
    /// </summary>
    private static bool IsPlain(string host) =>
        !host.AsSpan().ContainsAnyExcept(PlainLetters) && !host.Contains("--", StringComparison.Ordinal) && !host.EndsWith('.');

    [GeneratedRegex(@"^(?:[a-z][a-z0-9+.\-]*:)?//", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Scheme();

    [GeneratedRegex(@":[0-9]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Port();

    [GeneratedRegex(@"^(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+(?:[a-z](?:[a-z0-9\-]{0,61}[a-z0-9])?)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HostName();
}
