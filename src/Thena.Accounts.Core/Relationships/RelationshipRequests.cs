using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Relationships;

/// <summary>The relationship to create.</summary>
public sealed record CreateRelationshipRequest
{
    /// <summary>The account's ID.</summary>
    /// <example>01JGYPNP404WTJZMYZ0JWY0ZZK</example>
    public Optional<string?> AccountId { get; init; }

    /// <summary>The related account's ID.</summary>
    /// <example>01JH192D40VNBTVMRR3BK3QQJA</example>
    public Optional<string?> RelatedAccountId { get; init; }

    /// <summary>What the account is to the related account: the ID or name of a relationship type.</summary>
    /// <example>Parent</example>
    public Optional<string?> RelationshipType { get; init; }

    /// <summary>Your own data, a JSON object. Replaces the stored object.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

internal sealed class CreateRelationshipRequestValidator : AbstractValidator<CreateRelationshipRequest>
{
    public CreateRelationshipRequestValidator()
    {
        RuleFor(relationship => relationship.AccountId).Required();
        RuleFor(relationship => relationship.RelatedAccountId).Required();
        RuleFor(relationship => relationship.RelationshipType).Required();
        RuleFor(relationship => relationship.Metadata).Metadata();
    }
}

/// <summary>Changes to a relationship. The accounts stay the same.</summary>
public sealed record UpdateRelationshipRequest
{
    /// <summary>What the account is to the related account: the ID or name of a relationship type.</summary>
    /// <example>Partner</example>
    public Optional<string?> RelationshipType { get; init; }

    /// <summary>Your own data, a JSON object. Replaces the stored object.</summary>
    public Optional<RawJson?> Metadata { get; init; }
}

internal sealed class UpdateRelationshipRequestValidator : AbstractValidator<UpdateRelationshipRequest>
{
    public UpdateRelationshipRequestValidator()
    {
        RuleFor(relationship => relationship.RelationshipType).Required();
        RuleFor(relationship => relationship.Metadata).Metadata();
    }
}
