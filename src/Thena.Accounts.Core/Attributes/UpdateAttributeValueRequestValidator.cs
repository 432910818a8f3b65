using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The form of <see cref="UpdateAttributeValueRequest"/>.</summary>
public sealed class UpdateAttributeValueRequestValidator : AttributeValueFieldsValidator<UpdateAttributeValueRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateAttributeValueRequestValidator()
    {
        RuleFor(request => request.Value).NotCleared();
        RuleFor(request => request.IsDefault).NotCleared();
    }
}
