using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Contacts;

/// <summary>A new contact among many. Without a first name it gets the part of its address before the <c>@</c>.</summary>
public sealed record CreateContactItem : ContactFields
{
    /// <summary>The phone number, in its other spelling.</summary>
    public Optional<string?> Phone { get; init; }

    /// <summary>An account that the person belongs to, besides those of the whole request.</summary>
    public Optional<string?> AccountId { get; init; }

    /// <summary>Values of the organization's custom fields with source <c>customer_contact</c>.</summary>
    public Optional<IReadOnlyList<CustomFieldValueInput>?> CustomFieldValues { get; init; }
}
