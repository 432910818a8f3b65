using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of <see cref="DeleteCustomFieldItem"/>.</summary>
public sealed class DeleteCustomFieldItemValidator : AbstractValidator<DeleteCustomFieldItem>
{
    /// <summary>Sets the rules.</summary>
    public DeleteCustomFieldItemValidator() => RuleFor(item => item.FieldId).Required();
}
