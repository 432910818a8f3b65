using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The form of <see cref="CreateAttributeValueRequest"/>.</summary>
public sealed class CreateAttributeValueRequestValidator : AttributeValueFieldsValidator<CreateAttributeValueRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateAttributeValueRequestValidator()
    {
        RuleFor(request => request.Attribute).Required().OneOf(AttributeKinds.Names);
        RuleFor(request => request.Value).Required();
    }
}
