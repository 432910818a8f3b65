using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Puts requests on contacts: fields, type, accounts and custom fields.</summary>
internal sealed class ContactWriter
{
    /// <summary>The error (404) for an unknown contact type.</summary>
    public static readonly Error TypeNotFound = Error.NotFound("Contact type not found!");

    private readonly Unit _unit;
    private readonly NamedAccounts _accounts;
    private readonly CustomFieldLookup _customFields;

    /// <summary>Adds the query for the accounts that requests name to a unit.</summary>
    /// <param name="unit">The unit that writes the contacts.</param>
    /// <param name="accountIds">IDs of accounts, as the client wrote them.</param>
    public ContactWriter(Unit unit, params IEnumerable<string?> accountIds)
    {
        _unit = unit;
        _accounts = new NamedAccounts(unit, accountIds);
        _customFields = new CustomFieldLookup(unit, CustomFieldSource.CustomerContact);
    }

    /// <summary>Creates a contact with its required fields.</summary>
    public static Contact Create(CreateContactRequest request) =>
        new() { FirstName = request.FirstName.Value!.Trim(), Email = request.Email.Value!.Trim() };

    /// <summary>Applies the fields that all contact requests share, except the contact type.</summary>
    public static void ApplyFields(Contact contact, ContactFields request)
    {
        contact.FirstName = request.FirstName.IsSet
            ? StringNormalization.TrimToNull(request.FirstName.Value) ?? contact.FirstName
            : contact.FirstName;
        contact.LastName = request.LastName.IsSet ? StringNormalization.TrimToNull(request.LastName.Value) : contact.LastName;
        contact.Email = request.Email.IsSet ? request.Email.Value!.Trim() : contact.Email;
        contact.PhoneNumber = request.PhoneNumber.IsSet ? StringNormalization.TrimToNull(request.PhoneNumber.Value) : contact.PhoneNumber;
        contact.AvatarUrl = request.AvatarUrl.IsSet ? StringNormalization.TrimToNull(request.AvatarUrl.Value) : contact.AvatarUrl;
        contact.Metadata = contact.Metadata.After(request.Metadata);
    }

    /// <summary>Finds the contact type that the first non-empty reference names, or the default if all are empty.</summary>
    /// <param name="names">References to contact types, in order of precedence.</param>
    /// <returns>The ID of the contact type, or <see langword="null"/> if the reference names none.</returns>
    public Ulid? FindType(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (StringNormalization.TrimToNull(name) is { } named)
            {
                return _unit.References.FindValue(AttributeKind.ContactType, named);
            }
        }

        return _unit.References.FindDefault(AttributeKind.ContactType);
    }

    /// <summary>Creates the links of a contact to the given accounts.</summary>
    /// <returns>The links, or <see langword="null"/> if an account does not exist.</returns>
    public IReadOnlyList<AccountContact>? CreateAccountLinks(Contact contact, IEnumerable<string?> accountIds)
    {
        Dictionary<Ulid, AccountContact> links = [];
        foreach (var accountId in accountIds)
        {
            if (_accounts.Find(accountId) is not var (id, name))
            {
                return null;
            }

            links.TryAdd(id, new AccountContact { AccountId = id, AccountName = name, ContactId = contact.Id });
        }

        return [.. links.Values];
    }

    /// <summary>Applies the values of custom fields.</summary>
    /// <param name="contact">The contact, with its custom field values loaded.</param>
    /// <param name="values">The values given.</param>
    /// <param name="isNew">Whether the contact is being created, so that mandatory fields need a value.</param>
    /// <param name="path">The path of the contact in the request, such as <c>contacts[3].</c>, or empty.</param>
    /// <param name="problems">Receives the problems found.</param>
    /// <returns>The error (404) if a field does not exist, or <see langword="null"/>.</returns>
    public Error? ApplyCustomFields(
        Contact contact, Optional<IReadOnlyList<CustomFieldValueInput>?> values, bool isNew, string path, List<FieldError> problems) =>
        _customFields.Apply(contact.CustomFieldValues, values, isNew, path, problems, value => new ContactCustomFieldValue
        {
            ContactId = contact.Id,
            CustomFieldId = value.Field.Id,
            Position = value.Position,
            Data = value.Data,
            Metadata = value.Metadata,
        });

    /// <summary>Applies a request to a contact.</summary>
    /// <param name="contact">The contact, with its custom field values and account links loaded.</param>
    /// <param name="request">The request, which has passed its validator.</param>
    /// <param name="isNew">Whether the contact is being created, so that absent fields get their defaults.</param>
    /// <returns>The error that rejects the request, or <see langword="null"/>.</returns>
    public Error? Apply(Contact contact, LinkedContactFields request, bool isNew)
    {
        ApplyFields(contact, request);
        List<FieldError> problems = [];
        var fieldMissing = ApplyCustomFields(contact, request.CustomFieldValues, isNew, "", problems);
        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        if ((isNew || request.ContactType.IsSet) && SetType(contact, request.ContactType.Value) is { } typeMissing)
        {
            return typeMissing;
        }

        if (request.AccountIds.IsSet)
        {
            if (CreateAccountLinks(contact, request.AccountIds.Value ?? []) is not { } links)
            {
                return AccountService.NotFound;
            }

            contact.Accounts.RemoveAll(link => !_unit.AddsToLists && !links.Any(other => other.AccountId == link.AccountId));
            contact.Accounts.AddRange(links.Where(link => !contact.Accounts.Exists(other => other.AccountId == link.AccountId)));
        }

        return fieldMissing;
    }

    /// <summary>Sets the type of a contact to the result of <see cref="FindType"/>.</summary>
    /// <returns>The error (404) if the type does not exist, or <see langword="null"/>.</returns>
    public Error? SetType(Contact contact, params ReadOnlySpan<string?> names)
    {
        var type = FindType(names);
        contact.ContactTypeId = type ?? default;
        return type is null ? TypeNotFound : null;
    }
}
