using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The form of <see cref="FilterAccountsByPrimaryDomainsRequest"/>.</summary>
public sealed class FilterAccountsByPrimaryDomainsRequestValidator : AbstractValidator<FilterAccountsByPrimaryDomainsRequest>
{
    /// <summary>Sets the rules.</summary>
    public FilterAccountsByPrimaryDomainsRequestValidator()
    {
        RuleFor(request => request.PrimaryDomains).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.PrimaryDomains, RequestRules.FilterMaxItems)).Present().OverridePropertyName("primaryDomains");
    }
}
