using FluentValidation;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

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
