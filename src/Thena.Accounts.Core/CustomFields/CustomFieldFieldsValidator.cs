using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of what create and update of custom fields share.</summary>
public abstract class CustomFieldFieldsValidator<T> : AbstractValidator<T>
    where T : CustomFieldFields
{
    /// <summary>Sets the rules.</summary>
    protected CustomFieldFieldsValidator()
    {
        RuleFor(field => field.Name).Name();
        RuleFor(field => field.FieldType).OneOf(CustomFieldTypes.All);
        RuleFor(field => field.Description).FreeText(RequestRules.DescriptionMaxLength);
        RuleFor(field => field.Options).Items(RequestRules.FilterMaxItems);
        RuleForEach(field => RequestRules.Within(field.Options.Value, RequestRules.FilterMaxItems)).Present()
            .SetValidator(new RequestRule<T, CustomFieldOption>(
                "Option",
                option => string.IsNullOrWhiteSpace(option?.Value) ? "must not be blank"
                    : option.Value.Length > RequestRules.DefaultMaxLength ? $"must not be longer than {RequestRules.DefaultMaxLength} characters"
                    : null,
                _ => { }))
            .OverridePropertyName("options");
        RuleFor(field => field.Metadata).Metadata();
        RuleFor(field => field.PlaceholderText).FreeText(RequestRules.DefaultMaxLength);
        RuleFor(field => field.HintText).FreeText(RequestRules.DefaultMaxLength);
        RuleFor(field => field.DefaultValue).FreeText(RequestRules.DefaultMaxLength);
        RuleFor(field => field.TeamId).Name();
    }
}
