using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The form of <see cref="UpdateRelationshipRequest"/>.</summary>
public sealed class UpdateRelationshipRequestValidator : AbstractValidator<UpdateRelationshipRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateRelationshipRequestValidator()
    {
        RuleFor(relationship => relationship.RelationshipType).Required();
        RuleFor(relationship => relationship.Metadata).Metadata();
    }
}
