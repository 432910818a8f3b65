using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The pick list to return.</summary>
public sealed record ListAttributeValuesQuery
{
    /// <summary>The pick list.</summary>
    /// <example>account_status</example>
    public string? Attribute { get; init; }
}

internal sealed class ListAttributeValuesQueryValidator : AbstractValidator<ListAttributeValuesQuery>
{
    public ListAttributeValuesQueryValidator() =>
        RuleFor(query => new Optional<string?>(query.Attribute)).Required().OneOf(AttributeKinds.Names).OverridePropertyName("attribute");
}
