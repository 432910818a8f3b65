using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The form of <see cref="UpdateRelationshipTypeRequest"/>.</summary>
public sealed class UpdateRelationshipTypeRequestValidator : RelationshipTypeFieldsValidator<UpdateRelationshipTypeRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateRelationshipTypeRequestValidator() => RuleFor(type => type.Name).NotCleared();
}
