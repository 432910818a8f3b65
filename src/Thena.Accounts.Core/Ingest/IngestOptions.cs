namespace Thena.Accounts.Core.Ingest;

/// <summary>The configuration of ingest.</summary>
public sealed class IngestOptions
{
    /// <summary>Domains to add to the list of public mailbox providers. Ingest creates no accounts for them.</summary>
    public IList<string> PublicMailboxDomains { get; } = [];

    /// <summary>Domains to remove from the list because they belong to a company. Ingest creates accounts for them.</summary>
    public IList<string> CompanyDomains { get; } = [];
}
