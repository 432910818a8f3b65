namespace Thena.Accounts.Core.Accounts;

/// <summary>Many new accounts at once.</summary>
public sealed record CreateAccountsRequest
{
    /// <summary>The accounts, 1 to 5,000.</summary>
    /// <example>[{"name": "Globex", "primaryDomain": "globex.com"}, {"name": "Initech", "primaryDomain": "initech.com", "industry": "Technology"}]</example>
    public IReadOnlyList<CreateAccountRequest>? Accounts { get; init; }
}
