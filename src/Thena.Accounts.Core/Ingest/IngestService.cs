using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core.Ingest;

/// <summary>
/// Creates contacts for the users of an application, and links them to the accounts of their email domains (contract: Ingest users).
/// Repeated and concurrent requests for the same users create no duplicates.
/// </summary>
public sealed class IngestService(
    AccountsDbContext context,
    WriteTransaction write,
    CurrentOrganization organization,
    PublicMailboxProviders publicProviders,
    IdGenerator ids)
{
    /// <summary>Ingests users: all of them, or none.</summary>
    public Task<Result<IngestUsersResponse>> IngestAsync(IngestUsersRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<IngestUsersResponse>(
            async () =>
            {
                var users = request.Users ?? [];
                var people = users.GroupBy(user => EmailAddress.Key(user.Email.Value!)).ToList();
                var domains = people.Select(person => EmailAddress.DomainOf(person.First().Email.Value!.Trim())).Distinct().ToList();
                var batch = new QueryBatch(context);
                var writer = new ContactWriter(
                    batch, context, users.Select(user => user.ContactType.Value), [], [], needsMandatoryFields: false);
                var types = batch.Add(
                    context.AttributeValues.Where(value => value.Kind == AttributeKind.ContactType),
                    value => new ContactTypeText(value.Id, value.Value));
                var defaults = new AccountDefaults(batch, context);
                var accounts = batch.Add(
                    AccountsOf(domains),
                    account => new AccountDomains(account.Id, account.PrimaryDomain, account.SecondaryDomain),
                    RowLock.Share);
                await batch.RunAsync(cancellationToken);
                if (users.Any(user => writer.FindType(user.ContactType.Value) is null))
                {
                    return ContactWriter.TypeNotFound;
                }

                var accountOfDomain = await FindOrCreateAccountsAsync(request, domains, accounts, defaults, cancellationToken);
                var contactOfKey = await context.InsertOrLockAsync(
                    people.Select(person => NewContact(person, request, writer)),
                    new(context, contact => contact.EmailKey),
                    RowLock.Change,
                    cancellationToken);
                foreach (var person in people)
                {
                    FillEmptyFields(contactOfKey[person.Key], person);
                }

                await LinkAsync(contactOfKey.Values, accountOfDomain, cancellationToken);
                await context.SaveChangesAsync(cancellationToken);
                var typeOfId = types.ToDictionary(type => type.Id, type => type.Value);
                return new IngestUsersResponse
                {
                    StatusCode = 200,
                    Message = "Users ingested successfully!",
                    Data = [.. people.Select(person => contactOfKey[person.Key])
                        .Select(contact => IngestedUserResponse.Of(contact, typeOfId.GetValueOrDefault(contact.ContactTypeId, "")))],
                };
            },
            cancellationToken);

    /// <summary>Links contacts to the accounts of their domains. A new link is a change of a contact that existed.</summary>
    private async Task LinkAsync(
        IReadOnlyCollection<Contact> contacts, Dictionary<string, Ulid> accountOfDomain, CancellationToken cancellationToken)
    {
        var linked = await context.InsertAllAsync<AccountContact>(
            [.. contacts
                .Where(contact => accountOfDomain.ContainsKey(contact.EmailDomain))
                .OrderBy(contact => contact.EmailKey, StringComparer.Ordinal)
                .Select(contact => new AccountContact { AccountId = accountOfDomain[contact.EmailDomain], ContactId = contact.Id })],
            "contact_id",
            cancellationToken);
        foreach (var contact in contacts.Where(contact => linked.Contains(contact.Id)))
        {
            context.MarkChanged(contact);
        }
    }

    private IQueryable<Account> AccountsOf(List<string> domains) => context.Accounts
        .Where(account => domains.Contains(account.PrimaryDomain)
            || (account.SecondaryDomain != null && domains.Contains(account.SecondaryDomain)))
        .OrderBy(account => account.Id);

    /// <summary>
    /// Maps each domain to an account: by primary domain, else by secondary domain, else to a new account. Creates no account on the free
    /// tier, and none for a public mailbox provider.
    /// </summary>
    private async Task<Dictionary<string, Ulid>> FindOrCreateAccountsAsync(
        IngestUsersRequest request,
        List<string> domains,
        IReadOnlyList<AccountDomains> accounts,
        AccountDefaults defaults,
        CancellationToken cancellationToken)
    {
        Dictionary<string, Ulid> accountOfDomain = [];
        foreach (var account in accounts)
        {
            accountOfDomain.TryAdd(account.PrimaryDomain, account.Id);
        }

        foreach (var account in accounts.Where(account => account.SecondaryDomain is not null))
        {
            accountOfDomain.TryAdd(account.SecondaryDomain!, account.Id);
        }

        if (organization.Caller.Tier == OrganizationTier.Free)
        {
            return accountOfDomain;
        }

        var logo = StringNormalization.TrimToNull(request.Logo.Value) ?? StringNormalization.TrimToNull(request.LogoUrl.Value);
        var missing = domains.Where(domain => !accountOfDomain.ContainsKey(domain) && !publicProviders.Contains(domain)).ToList();
        if (missing.Count > 0)
        {
            var made = await context.InsertOrLockAsync(
                missing.Select(domain =>
                {
                    var account = new Account
                    {
                        Name = AccountNames.FromDomain(domain),
                        PrimaryDomain = domain,
                        Logo = logo,
                        Source = request.SinkSource.Value!.ToLowerInvariant(),
                    };
                    account.Stamp(context.OrganizationId, ids.Next());
                    defaults.ApplyTo(account);
                    return account;
                }),
                new(context, account => account.PrimaryDomain),
                RowLock.Share,
                cancellationToken);
            foreach (var (domain, account) in made)
            {
                accountOfDomain[domain] = account.Id;
            }
        }

        return accountOfDomain;
    }

    private Contact NewContact(IGrouping<string, IngestUser> person, IngestUsersRequest request, ContactWriter writer)
    {
        var email = person.First().Email.Value!.Trim();
        var contact = new Contact
        {
            FirstName = person.Select(user => StringNormalization.TrimToNull(user.FirstName.Value)).FirstOrDefault(name => name is not null)
                ?? EmailAddress.LocalPartOf(email),
            Email = email,
            Source = request.SinkSource.Value!.ToLowerInvariant(),
        };
        contact.Stamp(context.OrganizationId, ids.Next());
        FillEmptyFields(contact, person);
        contact.ContactTypeId = writer.FindType([.. person.Select(user => user.ContactType.Value)])!.Value;
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

    private sealed record ContactTypeText(Ulid Id, string Value);

    private sealed record AccountDomains(Ulid Id, string PrimaryDomain, string? SecondaryDomain);
}
