namespace Thena.Accounts.Core.Contacts;

/// <summary>What an operator may decide about ingest.</summary>
public sealed class IngestOptions
{
    /// <summary>Domains for which no accounts are made, besides the kept list of public mailbox providers.</summary>
    public IList<string> PublicMailboxDomains { get; } = [];

    /// <summary>Domains of the kept list that belong to a company here, so that accounts are made for them.</summary>
    public IList<string> CompanyDomains { get; } = [];
}
