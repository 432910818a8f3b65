using FluentValidation;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>What can be said of a contact in every way to bring one in or to change one (contract: Contacts).</summary>
public abstract record ContactFields
{
    /// <summary>The person's first name.</summary>
    /// <example>John</example>
    public Optional<string?> FirstName { get; init; }

    /// <summary>The person's last name.</summary>
    /// <example>Doe</example>
    public Optional<string?> LastName { get; init; }

    /// <summary>The e-mail address, unique in the organization in any case.</summary>
    /// <example>john.doe@acme.com</example>
    public Optional<string?> Email { get; init; }

    /// <summary>The phone number with country code.</summary>
    /// <example>+1 (555) 123-4567</example>
    public Optional<string?> PhoneNumber { get; init; }

    /// <summary>What the person is to the customer: id or value of a <c>contact_type</c>.</summary>
    /// <example>PRIMARY</example>
    public Optional<string?> ContactType { get; init; }

    /// <summary>URL of the person's picture.</summary>
    /// <example>https://acme.com/john.png</example>
    public Optional<string?> AvatarUrl { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

/// <summary>The form of what all requests say of contacts.</summary>
public abstract class ContactFieldsValidator<T> : AbstractValidator<T>
    where T : ContactFields
{
    /// <summary>Sets the rules.</summary>
    protected ContactFieldsValidator()
    {
        RuleFor(contact => contact.FirstName).Name();
        RuleFor(contact => contact.LastName).Name();
        RuleFor(contact => contact.Email).Email();
        RuleFor(contact => contact.PhoneNumber).Phone();
        RuleFor(contact => contact.AvatarUrl).Url();
        RuleFor(contact => contact.Metadata).Metadata();
    }
}

/// <summary>What can be said of one contact when it is created and when it is changed.</summary>
public abstract record LinkedContactFields : ContactFields
{
    /// <summary>The accounts that the person belongs to; on an update they replace those before.</summary>
    public Optional<IReadOnlyList<string>?> AccountIds { get; init; }

    /// <summary>Values of the organization's custom fields with source <c>customer_contact</c>; they replace those before.</summary>
    public Optional<IReadOnlyList<CustomFieldValueInput>?> CustomFieldValues { get; init; }
}

/// <summary>The form of what create and update of one contact share.</summary>
public abstract class LinkedContactFieldsValidator<T> : ContactFieldsValidator<T>
    where T : LinkedContactFields
{
    /// <summary>Sets the rules.</summary>
    protected LinkedContactFieldsValidator()
    {
        RuleFor(contact => contact.AccountIds).Items(RequestRules.FilterMaxItems);
        RuleForEach(contact => RequestRules.Within(contact.AccountIds.Value, RequestRules.FilterMaxItems)).Present().OverridePropertyName("accountIds");
        RuleFor(contact => contact.CustomFieldValues).CustomFieldValues();
        RuleForEach(contact => RequestRules.Within(contact.CustomFieldValues.Value, RequestRules.FilterMaxItems)).CustomFieldValue().OverridePropertyName("customFieldValues");
    }
}

/// <summary>A new contact.</summary>
public sealed record CreateContactRequest : LinkedContactFields;

/// <summary>The form of <see cref="CreateContactRequest"/>.</summary>
public sealed class CreateContactRequestValidator : LinkedContactFieldsValidator<CreateContactRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateContactRequestValidator()
    {
        RuleFor(contact => contact.FirstName).Required();
        RuleFor(contact => contact.Email).Required();
    }
}

/// <summary>Changes to a contact: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record UpdateContactRequest : LinkedContactFields;

/// <summary>The form of <see cref="UpdateContactRequest"/>.</summary>
public sealed class UpdateContactRequestValidator : LinkedContactFieldsValidator<UpdateContactRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateContactRequestValidator()
    {
        RuleFor(contact => contact.FirstName).NotCleared();
        RuleFor(contact => contact.Email).NotCleared();
        RuleFor(contact => contact.ContactType).NotCleared();
    }
}

/// <summary>Many new contacts at once.</summary>
public sealed record CreateContactsRequest
{
    /// <summary>The contacts, 1 to 5,000.</summary>
    /// <example>[{"firstName": "Jane", "lastName": "Roe", "email": "jane.roe@acme.com"}, {"email": "bob@acme.com", "phone": "+1 555 123 4567"}]</example>
    public IReadOnlyList<CreateContactItem>? Contacts { get; init; }

    /// <summary>Accounts that all of them belong to: an array of ids, or one id.</summary>
    public Optional<IdList?> AccountIds { get; init; }

    /// <summary>What those are to the customer that do not say so themselves: id or value of a <c>contact_type</c>.</summary>
    /// <example>PRIMARY</example>
    public Optional<string?> ContactType { get; init; }

    /// <summary>Where they came from.</summary>
    /// <example>Slack</example>
    public Optional<string?> Source { get; init; }
}

/// <summary>The form of <see cref="CreateContactsRequest"/>.</summary>
public sealed class CreateContactsRequestValidator : AbstractValidator<CreateContactsRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateContactsRequestValidator()
    {
        RuleFor(request => request.Contacts).RequiredItems("No contacts to create", RequestRules.BulkMaxItems);
        RuleForEach(request => request.Contacts).Present().SetValidator(new CreateContactItemValidator())
            .When(request => request.Contacts is { Count: <= RequestRules.BulkMaxItems });
        RuleFor(request => request.AccountIds).Ids(RequestRules.FilterMaxItems);
        RuleFor(request => request.Source).Name();
    }
}

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

/// <summary>The form of <see cref="CreateContactItem"/>.</summary>
public sealed class CreateContactItemValidator : ContactFieldsValidator<CreateContactItem>
{
    /// <summary>Sets the rules.</summary>
    public CreateContactItemValidator()
    {
        RuleFor(contact => contact.Email).Required();
        RuleFor(contact => contact.Phone).Phone();
        RuleFor(contact => contact.CustomFieldValues).CustomFieldValues();
        RuleForEach(contact => RequestRules.Within(contact.CustomFieldValues.Value, RequestRules.FilterMaxItems)).CustomFieldValue().OverridePropertyName("customFieldValues");
    }
}

/// <summary>Contacts that are asked for by id.</summary>
public sealed record FilterContactsByIdsRequest
{
    /// <summary>The ids, 1 to 1,000. Unknown ones are left out of the answer.</summary>
    /// <example>["01M856FC88EB45WDYEEDBTX2QT"]</example>
    public IReadOnlyList<string>? Ids { get; init; }
}

/// <summary>The form of <see cref="FilterContactsByIdsRequest"/>.</summary>
public sealed class FilterContactsByIdsRequestValidator : AbstractValidator<FilterContactsByIdsRequest>
{
    /// <summary>Sets the rules.</summary>
    public FilterContactsByIdsRequestValidator()
    {
        RuleFor(request => request.Ids).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Ids, RequestRules.FilterMaxItems)).Present().OverridePropertyName("ids");
    }
}
