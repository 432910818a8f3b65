using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The form of <see cref="CreateRelationshipTypeRequest"/>.</summary>
public sealed class CreateRelationshipTypeRequestValidator : RelationshipTypeFieldsValidator<CreateRelationshipTypeRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateRelationshipTypeRequestValidator() => RuleFor(type => type.Name).Required();
}
