using FluentValidation;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The form of <see cref="ListAccountsQuery"/>.</summary>
public sealed class ListAccountsQueryValidator : PageQueryValidator<ListAccountsQuery>
{
    /// <summary>Sets the rules.</summary>
    public ListAccountsQueryValidator()
    {
        RuleFor(query => new Optional<string?>(query.Sort)).OneOf(AccountOrders.Names).OverridePropertyName("sort");
        RuleFor(query => new Optional<string?>(query.Order)).OneOf(AccountOrders.Directions).OverridePropertyName("order");
    }
}
