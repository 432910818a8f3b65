namespace Thena.Accounts.Core.Accounts;

/// <summary>A new account.</summary>
public sealed record CreateAccountRequest : AccountFields;
