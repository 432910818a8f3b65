namespace Thena.Accounts.Core.Contacts;

/// <summary>A new contact.</summary>
public sealed record CreateContactRequest : LinkedContactFields;
