using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Persistence;

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

    internal static RecordShape<ContactResponse> Shape { get; } = new(
        "contacts",
        $"""
        r.id, r.first_name, r.last_name, r.email, r.phone_number, r.avatar_url, linked.ids, linked.names,
        {AttributeValueSql.Columns("contact_type")}, {CustomFieldValueResponse.Columns}, r.metadata, r.created_at, r.updated_at
        """,
        AttributeValueSql.Join("contact_type"),
        Read)
    {
        Parts =
        [
            new RecordParts(
                "linked",
                "account_contacts",
                "contact_id",
                "join accounts a on a.organization_id = p.organization_id and a.id = p.account_id and a.deleted_at is null",
                "array_agg(a.id order by a.id) as ids, array_agg(a.name order by a.id) as names"),
            CustomFieldValueResponse.Parts("contact_custom_field_values", "contact_id"),
        ],
    };

    private static ContactResponse Read(ColumnReader row)
    {
        var (id, firstName, lastName, email) = (row.Id(), row.Text(), row.TextOrEmpty(), row.Text());
        var (phoneNumber, avatarUrl) = (row.TextOrEmpty(), row.TextOrEmpty());
        var accounts = ContactAccountResponse.Read(row);
        var type = AttributeReference.Read(row);
        return new ContactResponse
        {
            Id = id,
            FirstName = firstName,
            LastName = lastName,
            Email = email,
            PhoneNumber = phoneNumber,
            AvatarUrl = avatarUrl,
            Accounts = accounts,
            ContactTypeId = type.Id,
            ContactType = type.Value,
            CustomFieldValues = CustomFieldValueResponse.Read(row),
            Metadata = row.Json(),
            CreatedAt = row.Time(),
            UpdatedAt = row.Time(),
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

    /// <summary>Reads the accounts of a contact: their IDs and names.</summary>
    internal static IReadOnlyList<ContactAccountResponse> Read(ColumnReader row)
    {
        var (ids, names) = (row.Ids(), row.Texts());
        return ids.Count == 0 ? [] : [.. ids.Select((id, index) => new ContactAccountResponse { Id = id, Name = names[index] })];
    }
}
