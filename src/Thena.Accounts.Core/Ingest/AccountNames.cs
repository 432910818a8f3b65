using System.Globalization;

namespace Thena.Accounts.Core.Ingest;

/// <summary>Makes the name of an account from its domain: <c>acme-corp.com</c> → <c>Acme Corp</c>.</summary>
internal static class AccountNames
{
    /// <summary>Second-level labels under which a country's companies register.</summary>
    private static readonly string[] SharedLabels =
    [
        "ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ltd", "ne", "net", "nom", "or", "org", "plc",
    ];

    private static readonly IdnMapping Idn = new();

    /// <summary>The name: the label that was registered, its words with a capital.</summary>
    /// <param name="domain">The domain in stored form.</param>
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
