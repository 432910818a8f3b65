using FluentValidation;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The form of what create and update of accounts share.</summary>
public abstract class AccountFieldsValidator<T> : AbstractValidator<T>
    where T : AccountFields
{
    private const int AddressMaxLength = 2_048;

    /// <summary>Sets the rules.</summary>
    protected AccountFieldsValidator()
    {
        RuleFor(account => account.Name).Name();
        RuleFor(account => account.PrimaryDomain).Domain();
        RuleFor(account => account.SecondaryDomain).Domain();
        RuleFor(account => account.Description).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(account => account.Source).Name();
        RuleFor(account => account.Logo).Url();
        RuleFor(account => account.Website).Url(completeScheme: true);
        RuleFor(account => account.AnnualRevenue).Amount();
        RuleFor(account => account.Employees).InRange(0, int.MaxValue);
        RuleFor(account => account.BillingAddress).FreeText(AddressMaxLength);
        RuleFor(account => account.ShippingAddress).FreeText(AddressMaxLength);
        RuleFor(account => account.CustomFieldValues).CustomFieldValues();
        RuleForEach(account => RequestRules.Within(account.CustomFieldValues.Value, RequestRules.FilterMaxItems)).CustomFieldValue().OverridePropertyName("customFieldValues");
        RuleFor(account => account.Metadata).Metadata();
    }
}
