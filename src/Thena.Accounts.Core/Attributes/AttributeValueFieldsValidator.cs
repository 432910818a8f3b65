using System.Text.RegularExpressions;
using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Attributes;

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
