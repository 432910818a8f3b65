using Thena.Accounts.Core.CustomFields;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The value that a contact keeps for a custom field.</summary>
public sealed class ContactCustomFieldValue : CustomFieldValue
{
    /// <summary>The contact.</summary>
    public Ulid ContactId { get; init; }
}
