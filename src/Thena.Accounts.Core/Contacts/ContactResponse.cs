using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Contacts;

/// <summary>A contact. No field is ever <c>null</c>.</summary>
public sealed record ContactResponse : IVersioned
{
    /// <summary>The contact's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The first name.</summary>
    /// <example>John</example>
    public required string FirstName { get; init; }

    /// <summary>The last name, <c>""</c> when unset.</summary>
    /// <example>Doe</example>
    public required string LastName { get; init; }

    /// <summary>The email address, as it was written.</summary>
    /// <example>john.doe@acme.com</example>
    public required string Email { get; init; }

    /// <summary>The phone number, <c>""</c> when unset.</summary>
    /// <example>+1 (555) 123-4567</example>
    public required string PhoneNumber { get; init; }

    /// <summary>The URL of the avatar, <c>""</c> when unset.</summary>
    /// <example>https://acme.com/john.png</example>
    public required string AvatarUrl { get; init; }

    /// <summary>The accounts that the contact belongs to, oldest first.</summary>
    public required IReadOnlyList<ContactAccountResponse> Accounts { get; init; }

    /// <summary>The ID of the contact type.</summary>
    public required string ContactTypeId { get; init; }

    /// <summary>The contact type.</summary>
    /// <example>PRIMARY</example>
    public required string ContactType { get; init; }

    /// <summary>The values of custom fields.</summary>
    public required IReadOnlyList<CustomFieldValueResponse> CustomFieldValues { get; init; }

    /// <summary>Your own data.</summary>
    public required RawJson Metadata { get; init; }

    /// <summary>The time at which the contact was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Makes the response from a contact.</summary>
    internal static ContactResponse From(Contact contact, References references)
    {
        var type = AttributeReference.From(references, contact.ContactTypeId);
        return new ContactResponse
        {
            Id = WireFormat.Id(contact.Id),
            FirstName = contact.FirstName,
            LastName = contact.LastName ?? "",
            Email = contact.Email,
            PhoneNumber = contact.PhoneNumber ?? "",
            AvatarUrl = contact.AvatarUrl ?? "",
            Accounts = ContactAccountResponse.From(contact),
            ContactTypeId = type.Id,
            ContactType = type.Value,
            CustomFieldValues = CustomFieldValueResponse.From(contact.CustomFieldValues, references),
            Metadata = contact.Metadata,
            CreatedAt = contact.CreatedAt,
            UpdatedAt = contact.UpdatedAt,
        };
    }
}

/// <summary>An account that a contact belongs to.</summary>
public sealed record ContactAccountResponse
{
    /// <summary>The account's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Name { get; init; }

    /// <summary>Makes the responses from the links of a contact.</summary>
    internal static IReadOnlyList<ContactAccountResponse> From(Contact contact) =>
    [
        .. contact.Accounts.OrderBy(link => link.AccountId)
            .Select(link => new ContactAccountResponse { Id = WireFormat.Id(link.AccountId), Name = link.AccountName }),
    ];
}
