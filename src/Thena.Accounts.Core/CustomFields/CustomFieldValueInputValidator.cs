using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of <see cref="CustomFieldValueInput"/>; what its kind asks is checked against the definition later.</summary>
public sealed class CustomFieldValueInputValidator : AbstractValidator<CustomFieldValueInput>
{
    /// <summary>Sets the rules.</summary>
    public CustomFieldValueInputValidator()
    {
        RuleFor(value => value.CustomFieldId).Required().When(value => string.IsNullOrWhiteSpace(value.FieldId.Value));
        RuleFor(value => value.Metadata).Metadata();
    }
}
