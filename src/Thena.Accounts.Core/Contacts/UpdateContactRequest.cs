namespace Thena.Accounts.Core.Contacts;

/// <summary>Changes to a contact: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record UpdateContactRequest : LinkedContactFields;
