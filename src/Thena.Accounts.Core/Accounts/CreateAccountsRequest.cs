namespace Thena.Accounts.Core.Accounts;

/// <summary>Many new accounts at once.</summary>
public sealed record CreateAccountsRequest
{
    /// <summary>The accounts, 1 to 5,000.</summary>
    public IReadOnlyList<CreateAccountRequest>? Accounts { get; init; }
}
