using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The form of what create and update of relationship types share.</summary>
public abstract class RelationshipTypeFieldsValidator<T> : AbstractValidator<T>
    where T : RelationshipTypeFields
{
    /// <summary>Sets the rules.</summary>
    protected RelationshipTypeFieldsValidator()
    {
        RuleFor(type => type.Name).Name();
        RuleFor(type => type.Metadata).Metadata();
    }
}
