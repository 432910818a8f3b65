using System.Text.RegularExpressions;
using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

/// <summary>What can be said of a value when it is created and when it is changed.</summary>
public abstract record AttributeValueFields
{
    /// <summary>Its text, unique in its list in any case.</summary>
    /// <example>ONBOARDING</example>
    public Optional<string?> Value { get; init; }

    /// <summary>The name of a Hero icon.</summary>
    /// <example>rocket-launch</example>
    public Optional<string?> Icon { get; init; }

    /// <summary>A colour, <c>#RRGGBB</c>.</summary>
    /// <example>#2563EB</example>
    public Optional<string?> Color { get; init; }

    /// <summary>Only for <c>task_status</c>: whether tasks in it are done with.</summary>
    /// <example>false</example>
    public Optional<bool?> IsClosed { get; init; }

    /// <summary>Whether records get it when none is given. It takes this from the value that had it.</summary>
    /// <example>false</example>
    public Optional<bool?> IsDefault { get; init; }
}

/// <summary>The form of what create and update of attribute values share.</summary>
public abstract partial class AttributeValueFieldsValidator<T> : AbstractValidator<T>
    where T : AttributeValueFields
{
    /// <summary>Sets the rules.</summary>
    protected AttributeValueFieldsValidator()
    {
        RuleFor(request => request.Value).Name();
        RuleFor(request => request.Icon).Name();
        RuleFor(request => request.Color).Matching(Color(), "must be a colour such as #16A34A");
    }

    [GeneratedRegex("^(?:#[0-9A-Fa-f]{6})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Color();
}

/// <summary>A new value of a pick list.</summary>
public sealed record CreateAttributeValueRequest : AttributeValueFields
{
    /// <summary>The list it joins.</summary>
    /// <example>account_status</example>
    public Optional<string?> Attribute { get; init; }
}

/// <summary>The form of <see cref="CreateAttributeValueRequest"/>.</summary>
public sealed class CreateAttributeValueRequestValidator : AttributeValueFieldsValidator<CreateAttributeValueRequest>
{
    /// <summary>Sets the rules.</summary>
    public CreateAttributeValueRequestValidator()
    {
        RuleFor(request => request.Attribute).Required().OneOf(AttributeKinds.Names);
        RuleFor(request => request.Value).Required();
    }
}

/// <summary>Changes to a value of a pick list: absent members stay as they are, <c>null</c> clears.</summary>
public sealed record UpdateAttributeValueRequest : AttributeValueFields;

/// <summary>The form of <see cref="UpdateAttributeValueRequest"/>.</summary>
public sealed class UpdateAttributeValueRequestValidator : AttributeValueFieldsValidator<UpdateAttributeValueRequest>
{
    /// <summary>Sets the rules.</summary>
    public UpdateAttributeValueRequestValidator()
    {
        RuleFor(request => request.Value).NotCleared();
        RuleFor(request => request.IsDefault).NotCleared();
    }
}
