using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.CustomFields;

/// <summary>The form of <see cref="CustomFieldUpdates"/>.</summary>
public sealed class CustomFieldUpdatesValidator : CustomFieldFieldsValidator<CustomFieldUpdates>
{
    /// <summary>Sets the rules.</summary>
    public CustomFieldUpdatesValidator()
    {
        RuleFor(field => field.Name).NotCleared();
        RuleFor(field => field.FieldType).NotCleared();
    }
}
