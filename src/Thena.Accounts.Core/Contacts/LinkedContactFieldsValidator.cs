using FluentValidation;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

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
