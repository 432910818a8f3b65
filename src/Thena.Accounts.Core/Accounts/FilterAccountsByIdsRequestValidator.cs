using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The form of <see cref="FilterAccountsByIdsRequest"/>.</summary>
public sealed class FilterAccountsByIdsRequestValidator : AbstractValidator<FilterAccountsByIdsRequest>
{
    /// <summary>Sets the rules.</summary>
    public FilterAccountsByIdsRequestValidator()
    {
        RuleFor(request => request.Ids).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Ids, RequestRules.FilterMaxItems)).Present().OverridePropertyName("ids");
    }
}
