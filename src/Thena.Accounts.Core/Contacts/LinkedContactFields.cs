using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Contacts;

/// <summary>What can be said of one contact when it is created and when it is changed.</summary>
public abstract record LinkedContactFields : ContactFields
{
    /// <summary>The accounts that the person belongs to; on an update they replace those before.</summary>
    public Optional<IReadOnlyList<string>?> AccountIds { get; init; }

    /// <summary>Values of the organization's custom fields with source <c>customer_contact</c>; they replace those before.</summary>
    public Optional<IReadOnlyList<CustomFieldValueInput>?> CustomFieldValues { get; init; }
}
