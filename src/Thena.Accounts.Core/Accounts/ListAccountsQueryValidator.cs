using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The form of <see cref="ListAccountsQuery"/>.</summary>
public sealed class ListAccountsQueryValidator : PageQueryValidator<ListAccountsQuery>
{
    /// <summary>Sets the rules.</summary>
    public ListAccountsQueryValidator()
    {
        RuleFor(query => query.Sort).OneOf(AccountOrders.Names);
        RuleFor(query => query.Order).OneOf(AccountOrders.Directions);
    }
}
