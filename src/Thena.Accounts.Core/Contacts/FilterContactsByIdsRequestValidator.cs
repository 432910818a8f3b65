using FluentValidation;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Contacts;

/// <summary>The form of <see cref="FilterContactsByIdsRequest"/>.</summary>
public sealed class FilterContactsByIdsRequestValidator : AbstractValidator<FilterContactsByIdsRequest>
{
    /// <summary>Sets the rules.</summary>
    public FilterContactsByIdsRequestValidator()
    {
        RuleFor(request => request.Ids).RequiredItems(RequestRules.FilterMaxItems);
        RuleForEach(request => RequestRules.Within(request.Ids, RequestRules.FilterMaxItems)).Present().OverridePropertyName("ids");
    }
}
