using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of <see cref="CreateCustomFieldRequest"/>.</summary>
public sealed class CreateCustomFieldRequestValidator : CustomFieldFieldsValidator<CreateCustomFieldRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateCustomFieldRequestValidator()
    {
        RuleFor(field => field.Name).Required();
        RuleFor(field => field.Source).Required().OneOf(CustomFieldSource.All);
        RuleFor(field => field.FieldType).Required();
    }
}
