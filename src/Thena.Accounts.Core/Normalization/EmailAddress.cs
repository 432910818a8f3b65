using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Normalization;

/// <summary>
/// Parses email addresses: a local part as in RFC 5321 (dot-atom or quoted, letters of all scripts allowed) of at most 64 characters, an
/// <c>@</c>, and a host name with a dot. An address has at most 320 characters. It is stored as written and compared by <see cref="Key"/>.
/// </summary>
public static partial class EmailAddress
{
    /// <summary>The largest length of an address, in UTF-16 units.</summary>
    public const int MaxLength = 320;

    /// <summary>Splits an address into its parts.</summary>
    /// <param name="text">The address. Leading and trailing spaces are ignored.</param>
    /// <param name="localPart">The part before the <c>@</c>.</param>
    /// <param name="domain">The domain in the form of <see cref="DomainName"/>, except that a leading <c>www.</c> is kept.</param>
    /// <returns><see langword="false"/> if the text is not an email address.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? localPart, [NotNullWhen(true)] out string? domain)
    {
        localPart = domain = null;
        var address = text?.Trim() ?? "";
        var at = address.LastIndexOf('@');
        if (
            at is <= 0 or > 64
                || address.Length > MaxLength
                || !LocalPart().IsMatch(address[..at])
                || !DomainName.TryGetHost(address[(at + 1)..], out var host))
        {
            return false;
        }

        (localPart, domain) = (address[..at], host);
        return true;
    }

    /// <summary>
    /// Returns the form in which addresses are compared: the local part in lower case and composed (NFC), the domain in lower-case punycode
    /// without a trailing dot. A text that is not an address is only lowered and composed.
    /// </summary>
    public static string Key(string address) => TryParse(address, out var localPart, out var domain)
        ? $"{StringNormalization.Key(localPart)}@{domain}"
        : StringNormalization.Key(address);

    /// <summary>Returns the part of a valid address before the <c>@</c>.</summary>
    public static string LocalPartOf(string address) => TryParse(address, out var localPart, out _) ? localPart : "";

    /// <summary>Returns the domain of a valid address, in the form in which accounts store their domains.</summary>
    public static string DomainOf(string address) =>
        TryParse(address, out _, out var host) && DomainName.TryNormalize(host, out var domain) ? domain : "";

    [GeneratedRegex("""^(?:[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~\-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~\-]+)*|"(?:[^"\\\p{C}]|\\[^\p{C}])*")\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LocalPart();
}
