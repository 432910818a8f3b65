using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The fields of a relationship type that clients can set.</summary>
public abstract record RelationshipTypeFields
{
    /// <summary>The name, unique regardless of case.</summary>
    /// <example>Supplier</example>
    public Optional<string?> Name { get; init; }

    /// <summary>The ID of the inverse type. On update, the type's own ID makes it its own inverse.</summary>
    public Optional<string?> InverseRelationshipId { get; init; }

    /// <summary>Your own data, a JSON object. Replaces the stored object.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

internal abstract class RelationshipTypeFieldsValidator<T> : AbstractValidator<T>
    where T : RelationshipTypeFields
{
    protected RelationshipTypeFieldsValidator()
    {
        RuleFor(type => type.Name).Name();
        RuleFor(type => type.Metadata).Metadata();
    }
}

/// <summary>The relationship type to create.</summary>
public sealed record CreateRelationshipTypeRequest : RelationshipTypeFields;

internal sealed class CreateRelationshipTypeRequestValidator : RelationshipTypeFieldsValidator<CreateRelationshipTypeRequest>
{
    public CreateRelationshipTypeRequestValidator() => RuleFor(type => type.Name).Required();
}

/// <summary>Changes to a relationship type. Absent fields stay unchanged; <c>null</c> clears a field.</summary>
public sealed record UpdateRelationshipTypeRequest : RelationshipTypeFields;

internal sealed class UpdateRelationshipTypeRequestValidator : RelationshipTypeFieldsValidator<UpdateRelationshipTypeRequest>
{
    public UpdateRelationshipTypeRequestValidator() => RuleFor(type => type.Name).NotCleared();
}
