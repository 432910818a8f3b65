using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Core.Normalization;

/// <summary>
/// The one rule for e-mail addresses: a local part as RFC 5321 has it (dot-atom or quoted, letters of all scripts allowed) of at most 64
/// characters, an <c>@</c>, and a host name with a dot; at most 320 characters. Addresses are kept as written and compared in lower case.
/// </summary>
public static partial class EmailAddress
{
    /// <summary>The longest address, in UTF-16 units.</summary>
    public const int MaxLength = 320;

    /// <summary>Takes an address apart.</summary>
    /// <param name="text">The address; blanks around it do not count.</param>
    /// <param name="localPart">What stands before the <c>@</c>.</param>
    /// <param name="domain">The domain in the form of <see cref="DomainName"/>, but with a leading <c>www.</c> kept.</param>
    /// <returns><see langword="false"/> when it is no address.</returns>
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

    /// <summary>The part of a valid address before the <c>@</c>.</summary>
    public static string LocalPartOf(string address) => TryParse(address, out var localPart, out _) ? localPart : "";

    /// <summary>The domain of a valid address in the form in which accounts keep theirs.</summary>
    public static string DomainOf(string address) =>
        TryParse(address, out _, out var host) && DomainName.TryNormalize(host, out var domain) ? domain : "";

    [GeneratedRegex("""^(?:[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~\-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~\-]+)*|"(?:[^"\\\p{C}]|\\[^\p{C}])*")\z""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LocalPart();
}
