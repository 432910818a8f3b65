using System.Text.RegularExpressions;
using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

/// <summary>The fields of an attribute value that clients can set.</summary>
public abstract record AttributeValueFields
{
    /// <summary>The text of the value, unique in its list regardless of case.</summary>
    /// <example>ONBOARDING</example>
    public Optional<string?> Value { get; init; }

    /// <summary>The name of an icon from the Heroicons set.</summary>
    /// <example>rocket-launch</example>
    public Optional<string?> Icon { get; init; }

    /// <summary>The color, as <c>#RRGGBB</c>.</summary>
    /// <example>#2563EB</example>
    public Optional<string?> Color { get; init; }

    /// <summary>For <c>task_status</c> only: whether tasks with this status are closed.</summary>
    /// <example>false</example>
    public Optional<bool?> IsClosed { get; init; }

    /// <summary>Whether new records get this value by default. It replaces the previous default.</summary>
    /// <example>false</example>
    public Optional<bool?> IsDefault { get; init; }
}

internal abstract partial class AttributeValueFieldsValidator<T> : AbstractValidator<T>
    where T : AttributeValueFields
{
    protected AttributeValueFieldsValidator()
    {
        RuleFor(request => request.Value).Name();
        RuleFor(request => request.Icon).Name();
        RuleFor(request => request.Color).Matching(Color(), "must be a colour such as #16A34A");
    }

    [GeneratedRegex("^(?:#[0-9A-Fa-f]{6})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Color();
}

/// <summary>The attribute value to create.</summary>
public sealed record CreateAttributeValueRequest : AttributeValueFields
{
    /// <summary>The pick list that the value belongs to.</summary>
    /// <example>account_status</example>
    public Optional<string?> Attribute { get; init; }
}

internal sealed class CreateAttributeValueRequestValidator : AttributeValueFieldsValidator<CreateAttributeValueRequest>
{
    public CreateAttributeValueRequestValidator()
    {
        RuleFor(request => request.Attribute).Required().OneOf(AttributeKinds.Names);
        RuleFor(request => request.Value).Required();
    }
}

/// <summary>Changes to an attribute value. Absent fields stay unchanged; <c>null</c> clears a field.</summary>
public sealed record UpdateAttributeValueRequest : AttributeValueFields;

internal sealed class UpdateAttributeValueRequestValidator : AttributeValueFieldsValidator<UpdateAttributeValueRequest>
{
    public UpdateAttributeValueRequestValidator()
    {
        RuleFor(request => request.Value).NotCleared();
        RuleFor(request => request.IsDefault).NotCleared();
    }
}
