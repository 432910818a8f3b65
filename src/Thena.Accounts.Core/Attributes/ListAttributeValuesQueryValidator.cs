using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The form of <see cref="ListAttributeValuesQuery"/>.</summary>
public sealed class ListAttributeValuesQueryValidator : AbstractValidator<ListAttributeValuesQuery>
{
    /// <summary>Sets the rules.</summary>
    public ListAttributeValuesQueryValidator() =>
        RuleFor(query => new Optional<string?>(query.Attribute)).Required().OneOf(AttributeKinds.Names).OverridePropertyName("attribute");
}
