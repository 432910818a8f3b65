using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Contacts;

/// <inheritdoc/>
internal sealed class ContactLinker(AccountsDbContext context, TimeProvider time) : IContactLinker
{
    /// <inheritdoc/>
    public async Task LinkToAsync(IEnumerable<Account> accounts, CancellationToken cancellationToken)
    {
        var domains = accounts
            .SelectMany(
                account => new[] { account.PrimaryDomain, account.SecondaryDomain }.OfType<string>().Distinct(),
                (account, domain) => (account.Id, Domain: domain))
            .ToArray();
        if (domains.Length == 0)
        {
            return;
        }

        var organization = context.OrganizationId.ToGuid();
        var accountIds = Array.ConvertAll(domains, pair => pair.Id.ToGuid());
        var names = Array.ConvertAll(domains, pair => pair.Domain);
        var linked = await context.Database.SqlQuery<Guid>(
            $"""
            insert into account_contacts (organization_id, account_id, contact_id)
            select {organization}, pairs.account_id, contacts.id
            from unnest({accountIds}, {names}) as pairs (account_id, domain)
            join contacts on contacts.organization_id = {organization} and contacts.email_domain = pairs.domain
                and contacts.deleted_at is null
            order by contacts.email_key
            for no key update of contacts
            on conflict do nothing
            returning contact_id as "Value"
            """).ToListAsync(cancellationToken);
        if (linked.Count > 0)
        {
            var (ids, now) = (linked.ConvertAll(id => new Ulid(id)), time.Now());
            await context.Contacts
                .Where(contact => ids.Contains(contact.Id))
                .ExecuteUpdateAsync(set => set.SetVersion(now), cancellationToken);
        }
    }
}
