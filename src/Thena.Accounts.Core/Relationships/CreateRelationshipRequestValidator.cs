using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The form of <see cref="CreateRelationshipRequest"/>.</summary>
public sealed class CreateRelationshipRequestValidator : AbstractValidator<CreateRelationshipRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateRelationshipRequestValidator()
    {
        RuleFor(relationship => relationship.AccountId).Required();
        RuleFor(relationship => relationship.RelatedAccountId).Required();
        RuleFor(relationship => relationship.RelationshipType).Required();
        RuleFor(relationship => relationship.Metadata).Metadata();
    }
}
