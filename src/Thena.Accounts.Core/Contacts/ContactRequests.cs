using FluentValidation;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The fields that every request for a contact can set (contract: Contacts).</summary>
public abstract record ContactFields
{
    /// <summary>The first name.</summary>
    /// <example>John</example>
    public Optional<string?> FirstName { get; init; }

    /// <summary>The last name.</summary>
    /// <example>Doe</example>
    public Optional<string?> LastName { get; init; }

    /// <summary>The email address, unique in the organization regardless of case.</summary>
    /// <example>john.doe@acme.com</example>
    public Optional<string?> Email { get; init; }

    /// <summary>The phone number with country code.</summary>
    /// <example>+1 (555) 123-4567</example>
    public Optional<string?> PhoneNumber { get; init; }

    /// <summary>The contact type: the ID or value of a <c>contact_type</c>.</summary>
    /// <example>PRIMARY</example>
    public Optional<string?> ContactType { get; init; }

    /// <summary>The URL of the avatar.</summary>
    /// <example>https://acme.com/john.png</example>
    public Optional<string?> AvatarUrl { get; init; }

    /// <summary>Your own data, a JSON object. Replaces the stored object.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

internal abstract class ContactFieldsValidator<T> : AbstractValidator<T>
    where T : ContactFields
{
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

/// <summary>The fields of a single contact that clients can set.</summary>
public abstract record LinkedContactFields : ContactFields
{
    /// <summary>The IDs of the accounts that the contact belongs to. On update, they replace the stored accounts.</summary>
    public Optional<IReadOnlyList<string>?> AccountIds { get; init; }

    /// <summary>Values of the organization's custom fields with source <c>customer_contact</c>. They replace the stored values.</summary>
    public Optional<IReadOnlyList<CustomFieldValueInput>?> CustomFieldValues { get; init; }
}

internal abstract class LinkedContactFieldsValidator<T> : ContactFieldsValidator<T>
    where T : LinkedContactFields
{
    protected LinkedContactFieldsValidator()
    {
        RuleFor(contact => contact.AccountIds).Items(RequestRules.FilterMaxItems);
        RuleForEach(contact => RequestRules.Within(contact.AccountIds.Value, RequestRules.FilterMaxItems))
            .Present()
            .OverridePropertyName("accountIds");
        RuleFor(contact => contact.CustomFieldValues).CustomFieldValues();
        RuleForEach(contact => RequestRules.Within(contact.CustomFieldValues.Value, RequestRules.FilterMaxItems))
            .CustomFieldValue()
            .OverridePropertyName("customFieldValues");
    }
}

/// <summary>The contact to create.</summary>
public sealed record CreateContactRequest : LinkedContactFields;

internal sealed class CreateContactRequestValidator : LinkedContactFieldsValidator<CreateContactRequest>
{
    public CreateContactRequestValidator()
    {
        RuleFor(contact => contact.FirstName).Required();
        RuleFor(contact => contact.Email).Required();
    }
}

/// <summary>Changes to a contact. Absent fields stay unchanged; <c>null</c> clears a field.</summary>
public sealed record UpdateContactRequest : LinkedContactFields;

internal sealed class UpdateContactRequestValidator : LinkedContactFieldsValidator<UpdateContactRequest>
{
    public UpdateContactRequestValidator()
    {
        RuleFor(contact => contact.FirstName).NotCleared();
        RuleFor(contact => contact.Email).NotCleared();
        RuleFor(contact => contact.ContactType).NotCleared();
    }
}

/// <summary>The contacts to create in bulk.</summary>
public sealed record CreateContactsRequest
{
    /// <summary>The contacts to create, 1 to 5,000.</summary>
    /// <example>[{"firstName": "Jane", "lastName": "Roe", "email": "jane.roe@acme.com"}, {"email": "bob@acme.com", "phone": "+1 555 123 4567"}]</example>
    public IReadOnlyList<CreateContactItem>? Contacts { get; init; }

    /// <summary>The accounts that all contacts belong to: an array of IDs, or one ID.</summary>
    public Optional<IdList?> AccountIds { get; init; }

    /// <summary>The contact type of contacts without one of their own: the ID or value of a <c>contact_type</c>.</summary>
    /// <example>PRIMARY</example>
    public Optional<string?> ContactType { get; init; }

    /// <summary>The origin of the contacts.</summary>
    /// <example>Slack</example>
    public Optional<string?> Source { get; init; }
}

internal sealed class CreateContactsRequestValidator : AbstractValidator<CreateContactsRequest>
{
    public CreateContactsRequestValidator()
    {
        RuleFor(request => request.Contacts).RequiredItems("No contacts to create", RequestRules.BulkMaxItems);
        RuleForEach(request => request.Contacts).Present().SetValidator(new CreateContactItemValidator())
            .When(request => request.Contacts is { Count: <= RequestRules.BulkMaxItems });
        RuleFor(request => request.AccountIds).Ids(RequestRules.FilterMaxItems);
        RuleFor(request => request.Source).Name();
    }
}

/// <summary>A contact to create. The default first name is the part of the email address before the <c>@</c>.</summary>
public sealed record CreateContactItem : ContactFields
{
    /// <summary>Another name for <c>phoneNumber</c>.</summary>
    public Optional<string?> Phone { get; init; }

    /// <summary>The ID of an account that the contact belongs to, in addition to those of the whole request.</summary>
    public Optional<string?> AccountId { get; init; }

    /// <summary>Values of the organization's custom fields with source <c>customer_contact</c>. They replace the stored values.</summary>
    public Optional<IReadOnlyList<CustomFieldValueInput>?> CustomFieldValues { get; init; }
}

internal sealed class CreateContactItemValidator : ContactFieldsValidator<CreateContactItem>
{
    public CreateContactItemValidator()
    {
        RuleFor(contact => contact.Email).Required();
        RuleFor(contact => contact.Phone).Phone();
        RuleFor(contact => contact.CustomFieldValues).CustomFieldValues();
        RuleForEach(contact => RequestRules.Within(contact.CustomFieldValues.Value, RequestRules.FilterMaxItems))
            .CustomFieldValue()
            .OverridePropertyName("customFieldValues");
    }
}

/// <summary>The IDs of the contacts to return.</summary>
public sealed record FilterContactsByIdsRequest
{
    /// <summary>The IDs, 1 to 1,000. Unknown IDs are left out of the response.</summary>
    /// <example>["01JGYQ8020MQRD4YPHC8AGTXB2", "01JGYRCKY08ETRQHV9YVR9JN7F"]</example>
    public IReadOnlyList<string>? Ids { get; init; }
}

internal sealed class FilterContactsByIdsRequestValidator : AbstractValidator<FilterContactsByIdsRequest>
{
    public FilterContactsByIdsRequestValidator()
    {
        RuleFor(request => request.Ids).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Ids, RequestRules.FilterMaxItems)).Present().OverridePropertyName("ids");
    }
}
