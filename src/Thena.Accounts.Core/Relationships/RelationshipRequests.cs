using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>That one account is something to another.</summary>
public sealed record CreateRelationshipRequest
{
    /// <summary>The account.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCD</example>
    public Optional<string?> AccountId { get; init; }

    /// <summary>The other account.</summary>
    /// <example>01JZ6F9T3N4S8W5V7X2Y1A0BCE</example>
    public Optional<string?> RelatedAccountId { get; init; }

    /// <summary>What the account is to the other: id or name of a relationship type.</summary>
    /// <example>Parent</example>
    public Optional<string?> RelationshipType { get; init; }

    /// <summary>The client's own data.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

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

/// <summary>Changes to a relationship. Its accounts stay.</summary>
public sealed record UpdateRelationshipRequest
{
    /// <summary>What the account is to the other: id or name of a relationship type.</summary>
    /// <example>Partner</example>
    public Optional<string?> RelationshipType { get; init; }

    /// <summary>The client's own data; it replaces what was there.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

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
