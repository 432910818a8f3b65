using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of <see cref="UpdateCustomFieldItem"/>.</summary>
public sealed class UpdateCustomFieldItemValidator : AbstractValidator<UpdateCustomFieldItem>
{
    /// <summary>Sets the rules.</summary>
    public UpdateCustomFieldItemValidator()
    {
        RuleFor(item => item.FieldId).Required();
        RuleFor(item => item.Version).Required();
        RuleFor(item => item.Updates).Required();
        RuleFor(item => item.Updates.Value!).SetValidator(new CustomFieldUpdatesValidator()).OverridePropertyName("updates")
            .When(item => item.Updates.Value is not null);
    }
}
