using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Contacts;

/// <summary>Links contacts to accounts by domain, and unlinks those of deleted accounts.</summary>
internal sealed class ContactLinker(AccountsDbContext context, TimeProvider time) : IContactLinker, IDependents<Account>
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
        await ChangeAsync(linked, time.Now(), cancellationToken);
    }

    /// <summary>Unlinks the contacts of a deleted account. The contacts stay, and have changed.</summary>
    public async Task RemoveAsync(Ulid recordId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The account is locked, so it gets no more links. Contacts are locked before links, as in every transaction.
        var (organization, account) = (context.OrganizationId.ToGuid(), recordId.ToGuid());
        var unlinked = await context.Database.SqlQuery<Guid>(
            $"""
            with locked as materialized (
                select contacts.id
                from contacts join account_contacts links on links.organization_id = {organization} and links.account_id = {account}
                    and links.contact_id = contacts.id
                where contacts.organization_id = {organization}
                order by contacts.email_key
                for no key update of contacts)
            delete from account_contacts
            using locked
            where account_contacts.organization_id = {organization} and account_contacts.account_id = {account}
                and account_contacts.contact_id = locked.id
            returning account_contacts.contact_id as "Value"
            """).ToListAsync(cancellationToken);
        await ChangeAsync(unlinked, now, cancellationToken);
    }

    /// <summary>Gives contacts a new version.</summary>
    private async Task ChangeAsync(List<Guid> contacts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (contacts.Count > 0)
        {
            var ids = contacts.ConvertAll(id => new Ulid(id));
            await context.Contacts
                .Where(contact => ids.Contains(contact.Id))
                .ExecuteUpdateAsync(set => set.SetVersion(now), cancellationToken);
        }
    }
}
