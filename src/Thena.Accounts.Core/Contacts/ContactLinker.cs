using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Contacts;

/// <inheritdoc/>
internal sealed class ContactLinker : IContactLinker
{
    private const int PortionSize = 1_000;

    /// <inheritdoc/>
    public async Task LinkToAsync(Unit unit, IEnumerable<Account> accounts)
    {
        var domains = accounts
            .SelectMany(
                account => new[] { account.PrimaryDomain, account.SecondaryDomain }.OfType<string>().Distinct(),
                (account, domain) => (Account: account, Domain: domain))
            .ToLookup(pair => pair.Domain, pair => pair.Account);
        if (domains.Count == 0)
        {
            return;
        }

        var accountIds = domains.SelectMany(pair => pair.Select(account => account.Id.ToGuid())).ToArray();
        var names = domains.SelectMany(pair => pair.Select(_ => pair.Key)).ToArray();
        var unlinked = unit.Read(
            $"""
            select r.id from contacts r
            where r.organization_id = {unit.OrganizationId} and r.deleted_at is null and r.email_domain = any({names}) and exists (
                select from unnest({accountIds}, {names}) as pairs (account_id, domain)
                where pairs.domain = r.email_domain and not exists (
                    select from account_contacts links
                    where links.organization_id = {unit.OrganizationId} and links.account_id = pairs.account_id
                        and links.contact_id = r.id))
            order by r.email_key for no key update of r
            """,
            row => new Ulid(row.GetGuid(0)));
        await unit.SendAsync();
        foreach (var ids in unlinked.Chunk(PortionSize))
        {
            var contacts = unit.Lock(unit.Of<Contact>().WhereAny(nameof(Contact.Id), ids), RowLock.Change, nameof(Contact.EmailKey));
            await unit.SendAsync();
            foreach (var contact in contacts)
            {
                contact.Link(domains[contact.EmailDomain]);
            }

            unit.UpdateAll(contacts);
        }
    }
}
