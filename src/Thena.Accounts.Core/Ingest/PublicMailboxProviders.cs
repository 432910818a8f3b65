using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Thena.Accounts.Core.Ingest;

/// <summary>
/// Domains where anybody can have a mailbox, so that an address says nothing about a company: the kept list, as an operator has changed it.
/// </summary>
public sealed class PublicMailboxProviders(IOptions<IngestOptions> options)
{
    private const string Resource = "PublicMailboxProviders.txt";

    private readonly FrozenSet<string> _domains = ReadList()
        .Concat(options.Value.PublicMailboxDomains)
        .Except(options.Value.CompanyDomains, StringComparer.OrdinalIgnoreCase)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a domain is one of them.</summary>
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

/// <summary>What an operator may decide about ingest.</summary>
public sealed class IngestOptions
{
    /// <summary>Domains for which no accounts are made, besides the kept list of public mailbox providers.</summary>
    public IList<string> PublicMailboxDomains { get; } = [];

    /// <summary>Domains of the kept list that belong to a company here, so that accounts are made for them.</summary>
    public IList<string> CompanyDomains { get; } = [];
}
