namespace Thena.Accounts.Core.Accounts;

/// <summary>Changes to an account: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record UpdateAccountRequest : AccountFields;
