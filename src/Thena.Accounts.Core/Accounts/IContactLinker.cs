using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Accounts;

/// <summary>
/// Links existing contacts to accounts by domain (contract: <c>addExistingUsersToAccountContacts</c>). Contacts refer to accounts, so their
/// feature implements it.
/// </summary>
public interface IContactLinker
{
    /// <summary>
    /// Links every contact whose email domain is one of an account's domains. Existing links stay. A contact
    /// that gets a link has changed, so that <c>If-Match</c> notices it.
    /// </summary>
    /// <param name="unit">The unit, which has been given the accounts to write.</param>
    /// <param name="accounts">The accounts.</param>
    Task LinkToAsync(Unit unit, IEnumerable<Account> accounts);
}
