namespace Thena.Accounts.Core.Accounts;

/// <summary>Accounts that are asked for by primary domain.</summary>
public sealed record FilterAccountsByPrimaryDomainsRequest
{
    /// <summary>The domains, 1 to 1,000, in any form that an account's domain may be given in. Unknown ones are left out of the answer.</summary>
    /// <example>["acme.com", "globex.com"]</example>
    public IReadOnlyList<string>? PrimaryDomains { get; init; }
}
