using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>What can be said of a relationship type when it is created and when it is changed.</summary>
public abstract record RelationshipTypeFields
{
    /// <summary>Its name, unique in any case.</summary>
    /// <example>Supplier</example>
    public Optional<string?> Name { get; init; }

    /// <summary>The type that the related account is in return; on an update, the type's own id makes it its own inverse.</summary>
    public Optional<string?> InverseRelationshipId { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

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

/// <summary>A new relationship type.</summary>
public sealed record CreateRelationshipTypeRequest : RelationshipTypeFields;

/// <summary>The form of <see cref="CreateRelationshipTypeRequest"/>.</summary>
public sealed class CreateRelationshipTypeRequestValidator : RelationshipTypeFieldsValidator<CreateRelationshipTypeRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateRelationshipTypeRequestValidator() => RuleFor(type => type.Name).Required();
}

/// <summary>Changes to a relationship type: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record UpdateRelationshipTypeRequest : RelationshipTypeFields;

/// <summary>The form of <see cref="UpdateRelationshipTypeRequest"/>.</summary>
public sealed class UpdateRelationshipTypeRequestValidator : RelationshipTypeFieldsValidator<UpdateRelationshipTypeRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateRelationshipTypeRequestValidator() => RuleFor(type => type.Name).NotCleared();
}
