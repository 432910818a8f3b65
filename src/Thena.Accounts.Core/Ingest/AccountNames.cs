using System.Globalization;

namespace Thena.Accounts.Core.Ingest;

/// <summary>Derives the name of an account from its domain: <c>acme-corp.com</c> → <c>Acme Corp</c>.</summary>
internal static class AccountNames
{
    /// <summary>Second-level labels below which a country's domains are registered, such as <c>co</c> in <c>acme.co.uk</c>.</summary>
    private static readonly string[] SharedLabels =
    [
        "ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ltd", "ne", "net", "nom", "or", "org", "plc",
    ];

    private static readonly IdnMapping Idn = new();

    /// <summary>Returns the registered label as words, each with a capital initial.</summary>
    /// <param name="domain">The domain, normalized by <see cref="Normalization.DomainName"/>.</param>
    public static string FromDomain(string domain)
    {
        var labels = domain.Split('.');
        var registered = labels.Length - 2;
        if (registered > 0 && labels[^1].Length == 2 && SharedLabels.Contains(labels[registered], StringComparer.Ordinal))
        {
            registered--;
        }

        return string.Join(' ', Readable(labels[registered]).Split('-', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => CultureInfo.InvariantCulture.TextInfo.ToUpper(word[..1]) + word[1..]));
    }

    private static string Readable(string label)
    {
        try
        {
            return Idn.GetUnicode(label);
        }
        catch (ArgumentException)
        {
            return label;
        }
    }
}
