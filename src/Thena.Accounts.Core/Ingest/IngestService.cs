using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Ingest;

/// <summary>
/// Creates contacts for the users of an application, and links them to the accounts of their email domains (contract: Ingest users).
/// Repeated and concurrent requests for the same users create no duplicates.
/// </summary>
public sealed class IngestService(Writes writes, CurrentOrganization organization, PublicMailboxProviders publicProviders)
{
    /// <summary>Ingests users: all of them, or none.</summary>
    public Task<Result<IngestUsersResponse>> IngestAsync(IngestUsersRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<IngestUsersResponse>(
            async unit =>
            {
                var users = request.Users ?? [];
                var people = users.GroupBy(user => EmailAddress.Key(user.Email.Value!)).ToList();
                var domains = people.Select(person => EmailAddress.DomainOf(person.First().Email.Value!.Trim())).Distinct().ToList();
                var writer = new ContactWriter(unit);
                var accounts = AccountsOf(unit, domains);
                await unit.SendAsync();
                if (users.Select(user => writer.FindType(user.ContactType.Value)).ToList().Contains(null))
                {
                    return ContactWriter.TypeNotFound;
                }

                var accountOfDomain = await FindOrCreateAccountsAsync(unit, request, domains, accounts);
                var contacts = await unit.InsertOrLockAsync(
                    people.ConvertAll(person => NewContact(unit, person, request, writer, accountOfDomain)),
                    nameof(Contact.EmailKey),
                    contact => contact.EmailKey,
                    RowLock.Change);
                unit.InsertParts(contacts.Created);
                List<Contact> known = [.. contacts.ByKey.Values.Where(contact => !contacts.HasCreated(contact))];
                var said = people.ToDictionary(person => person.Key);
                foreach (var contact in known)
                {
                    FillEmptyFields(contact, said[contact.EmailKey]);
                    Link(contact, accountOfDomain);
                }

                unit.UpdateAll(
                    known, nameof(Contact.LastName), nameof(Contact.PhoneNumber), nameof(Contact.AvatarUrl), nameof(Contact.Metadata));

                return new IngestUsersResponse
                {
                    StatusCode = 200,
                    Message = "Users ingested successfully!",
                    Data = [.. people.Select(person => contacts.ByKey[person.Key]).Select(contact => IngestedUserResponse.Of(
                        contact, AttributeReference.From(unit.References, contact.ContactTypeId).Value))],
                };
            },
            cancellationToken);

    /// <summary>Links a contact to the account of its domain, if there is one.</summary>
    private static void Link(Contact contact, Dictionary<string, Account> accountOfDomain)
    {
        if (accountOfDomain.TryGetValue(contact.EmailDomain, out var account))
        {
            contact.Link(account);
        }
    }

    /// <summary>Reads the accounts of domains. They cannot change until the unit ends.</summary>
    private static IReadOnlyList<Account> AccountsOf(Unit unit, List<string> domains) => unit.Lock(
        unit.Of<Account>().Where(
            $"(r.primary_domain = any({domains}) or (r.secondary_domain is not null and r.secondary_domain = any({domains})))"),
        RowLock.Share);

    /// <summary>
    /// Maps each domain to an account: by primary domain, else by secondary domain, else to a new account. Creates no account on the free
    /// tier, and none for a public mailbox provider.
    /// </summary>
    private async Task<Dictionary<string, Account>> FindOrCreateAccountsAsync(
        Unit unit, IngestUsersRequest request, List<string> domains, IReadOnlyList<Account> accounts)
    {
        Dictionary<string, Account> accountOfDomain = [];
        foreach (var account in accounts)
        {
            accountOfDomain.TryAdd(account.PrimaryDomain, account);
        }

        foreach (var account in accounts.Where(account => account.SecondaryDomain is not null))
        {
            accountOfDomain.TryAdd(account.SecondaryDomain!, account);
        }

        if (organization.Caller.Tier == OrganizationTier.Free)
        {
            return accountOfDomain;
        }

        var missing = domains.Where(domain => !accountOfDomain.ContainsKey(domain) && !publicProviders.Contains(domain)).ToList();
        var made = await unit.InsertOrLockAsync(
            missing.ConvertAll(domain => NewAccount(unit, domain, request)),
            nameof(Account.PrimaryDomain),
            account => account.PrimaryDomain,
            RowLock.Share);
        foreach (var (domain, account) in made.ByKey)
        {
            accountOfDomain[domain] = account;
        }

        return accountOfDomain;
    }

    private static Account NewAccount(Unit unit, string domain, IngestUsersRequest request)
    {
        var account = unit.Stamp.New(new Account
        {
            Name = AccountNames.FromDomain(domain),
            PrimaryDomain = domain,
            Logo = StringNormalization.TrimToNull(request.Logo.Value) ?? StringNormalization.TrimToNull(request.LogoUrl.Value),
            Source = request.SinkSource.Value!.ToLowerInvariant(),
        });
        AccountDefaults.ApplyTo(account, unit.References);
        return account;
    }

    private static Contact NewContact(
        Unit unit,
        IGrouping<string, IngestUser> person,
        IngestUsersRequest request,
        ContactWriter writer,
        Dictionary<string, Account> accountOfDomain)
    {
        var email = person.First().Email.Value!.Trim();
        var contact = unit.Stamp.New(new Contact
        {
            FirstName = person.Select(user => StringNormalization.TrimToNull(user.FirstName.Value)).FirstOrDefault(name => name is not null)
                ?? EmailAddress.LocalPartOf(email),
            Email = email,
            Source = request.SinkSource.Value!.ToLowerInvariant(),
        });
        FillEmptyFields(contact, person);
        contact.ContactTypeId = writer.FindType([.. person.Select(user => user.ContactType.Value)]) ?? default;
        Link(contact, accountOfDomain);
        return contact;
    }

    private static void FillEmptyFields(Contact contact, IEnumerable<IngestUser> said)
    {
        foreach (var user in said)
        {
            contact.LastName ??= StringNormalization.TrimToNull(user.LastName.Value);
            contact.PhoneNumber ??= StringNormalization.TrimToNull(user.PhoneNumber.Value);
            contact.AvatarUrl ??= StringNormalization.TrimToNull(user.AvatarUrl.Value);
            contact.Metadata = contact.Metadata == RawJson.EmptyObject ? RawJson.ObjectOrEmpty(user.Metadata.Value) : contact.Metadata;
        }
    }
}
