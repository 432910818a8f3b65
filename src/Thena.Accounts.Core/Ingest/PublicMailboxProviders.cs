using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Thena.Accounts.Core.Ingest;

/// <summary>
/// The domains of public mailbox providers. An email address there says nothing about a company. The list is built in, and an operator
/// can change it with <see cref="IngestOptions"/>.
/// </summary>
public sealed class PublicMailboxProviders(IOptions<IngestOptions> options)
{
    private const string Resource = "PublicMailboxProviders.txt";

    private readonly FrozenSet<string> _domains = ReadList()
        .Concat(options.Value.PublicMailboxDomains)
        .Except(options.Value.CompanyDomains, StringComparer.OrdinalIgnoreCase)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a domain belongs to a public mailbox provider.</summary>
    public bool Contains(string domain) => _domains.Contains(domain);

    private static IEnumerable<string> ReadList()
    {
        using var reader = new StreamReader(typeof(PublicMailboxProviders).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
