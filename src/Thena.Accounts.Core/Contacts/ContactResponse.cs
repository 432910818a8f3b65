using System.Linq.Expressions;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Contacts;

/// <summary>A contact. No field is ever <c>null</c>.</summary>
public sealed record ContactResponse
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
    public required string PhoneNumber { get; init; }

    /// <summary>The URL of the avatar, <c>""</c> when unset.</summary>
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

    internal static Expression<Func<Contact, ContactResponse>> Projection { get; } = contact => new ContactResponse
    {
        Id = WireFormat.Id(contact.Id),
        FirstName = contact.FirstName,
        LastName = contact.LastName ?? "",
        Email = contact.Email,
        PhoneNumber = contact.PhoneNumber ?? "",
        AvatarUrl = contact.AvatarUrl ?? "",
        Accounts = contact.Accounts
            .OrderBy(link => link.AccountId)
            .Select(
                link => new ContactAccountResponse
                {
                    Id = WireFormat.Id(link.AccountId),
                    Name = link.Account == null ? "" : link.Account.Name,
                })
            .ToList(),
        ContactTypeId = WireFormat.Id(contact.ContactTypeId),
        ContactType = contact.ContactType!.Value,
        CustomFieldValues = contact.CustomFieldValues
            .Where(value => value.CustomField!.DeletedAt == null)
            .OrderBy(value => value.Position)
            .Select(value => new CustomFieldValueResponse
            {
                CustomFieldId = WireFormat.Id(value.CustomFieldId),
                Data = value.Data,
                Metadata = value.Metadata,
            })
            .ToList(),
        Metadata = contact.Metadata,
        CreatedAt = contact.CreatedAt,
        UpdatedAt = contact.UpdatedAt,
    };

    /// <summary>Maps a contact whose references are loaded.</summary>
    internal static Func<Contact, ContactResponse> Of { get; } = Projection.Compile();
}

/// <summary>An account that a contact belongs to.</summary>
public sealed record ContactAccountResponse
{
    /// <summary>The account's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The account's name.</summary>
    /// <example>Acme Corporation</example>
    public required string Name { get; init; }
}
