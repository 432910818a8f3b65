using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Contacts;

/// <inheritdoc/>
internal sealed class ContactLinker : IContactLinker
{
    /// <inheritdoc/>
    public async Task LinkToAsync(Unit unit, IEnumerable<Account> accounts)
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

        var accountIds = Array.ConvertAll(domains, pair => pair.Id);
        var names = Array.ConvertAll(domains, pair => pair.Domain);
        var linked = unit.Read(
            $"""
            insert into account_contacts (organization_id, account_id, contact_id)
            select {unit.OrganizationId}, pairs.account_id, contacts.id
            from unnest({accountIds}, {names}) as pairs (account_id, domain)
            join contacts on contacts.organization_id = {unit.OrganizationId} and contacts.email_domain = pairs.domain
                and contacts.deleted_at is null
            order by contacts.email_key
            for no key update of contacts
            on conflict do nothing
            returning contact_id
            """,
            row => new Ulid(row.GetGuid(0)));
        await unit.SendAsync();
        if (linked.Count > 0)
        {
            unit.TouchAll(unit.Of<Contact>().WhereAny(nameof(Contact.Id), linked));
        }
    }
}
