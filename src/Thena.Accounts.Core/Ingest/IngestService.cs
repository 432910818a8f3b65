using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core.Ingest;

/// <summary>
/// Makes the people that applications have seen contacts of the right accounts, once, however often and however concurrently it is told of them
/// (contract: Ingest users).
/// </summary>
public sealed class IngestService(AccountsDbContext context, CurrentOrganization organization, PublicMailboxProviders publicProviders, IdGenerator ids)
{
    /// <summary>Brings people in. All or none.</summary>
    public async Task<Result<IngestUsersResponse>> IngestAsync(IngestUsersRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await context.WithDeadlockRetryAsync(() => TryIngestAsync(request, cancellationToken), cancellationToken) is { } result)
            {
                return result;
            }

            context.ChangeTracker.Clear();
        }
    }

    /// <summary>Tries once.</summary>
    /// <returns><see langword="null"/> when what was to be held has been deleted meanwhile.</returns>
    private async Task<Result<IngestUsersResponse>?> TryIngestAsync(IngestUsersRequest request, CancellationToken cancellationToken)
    {
        var people = (request.Users ?? []).GroupBy(user => StringNormalization.Key(user.Email.Value!)).ToList();
        var keys = people.ConvertAll(person => person.Key);
        var domains = people.Select(person => EmailAddress.DomainOf(person.Key)).Distinct().ToList();

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var references = new ContactWriter(batch, context, (request.Users ?? []).Select(user => user.ContactType.Value), [], []);
        var types = batch.Add(context.AttributeValues.Where(value => value.Kind == AttributeKind.ContactType));
        var defaults = new AccountDefaults(batch, context);
        var accounts = batch.Add(AccountsOf(domains), RowLock.ForShare);
        await batch.RunAsync(cancellationToken);

        if ((request.Users ?? []).Any(user => references.FindType(user.ContactType.Value) is null))
        {
            return ContactWriter.TypeNotFound;
        }

        if (await CreateMissingAccountsAsync(request, domains, accounts, defaults, cancellationToken) is not { } accountOfDomain)
        {
            return null;
        }

        var contactOfKey = await context.InsertOrLockAsync(
            people.Select(person => NewContact(person, request, references)), new(context, contact => contact.EmailKey), RowLock.ForUpdate, cancellationToken);
        if (contactOfKey is null)
        {
            return null;
        }

        foreach (var person in people)
        {
            FillWhatIsEmpty(contactOfKey[person.Key], person);
        }

        await context.SaveChangesAsync(cancellationToken);
        await context.InsertAllAsync(
            [.. contactOfKey.Values
                .Where(contact => accountOfDomain.ContainsKey(contact.EmailDomain))
                .OrderBy(contact => contact.EmailKey, StringComparer.Ordinal)
                .Select(contact => new AccountContact { AccountId = accountOfDomain[contact.EmailDomain], ContactId = contact.Id })],
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var typeOfId = types.ToDictionary(type => type.Id);
        return new IngestUsersResponse
        {
            StatusCode = 200,
            Message = "Users ingested successfully!",
            Data = [.. keys.Select(key => IngestedUserResponse.Of(contactOfKey[key], typeOfId.GetValueOrDefault(contactOfKey[key].ContactTypeId)))],
        };
    }

    private IQueryable<Account> AccountsOf(IReadOnlyCollection<string> domains) => context.Accounts
        .Where(account => domains.Contains(account.PrimaryDomain) || (account.SecondaryDomain != null && domains.Contains(account.SecondaryDomain)))
        .OrderBy(account => account.Id);

    /// <summary>The account of each domain: by primary, else by secondary domain, else a new one where there may be one.</summary>
    private async Task<Dictionary<string, Ulid>?> CreateMissingAccountsAsync(
        IngestUsersRequest request, List<string> domains, IReadOnlyList<Account> accounts, AccountDefaults defaults, CancellationToken cancellationToken)
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
                RowLock.ForShare,
                cancellationToken);
            if (made is null)
            {
                return null;
            }

            foreach (var (domain, account) in made)
            {
                accountOfDomain[domain] = account.Id;
            }
        }

        return accountOfDomain;
    }

    private Contact NewContact(IGrouping<string, IngestUser> person, IngestUsersRequest request, ContactWriter references)
    {
        var email = person.First().Email.Value!.Trim();
        var contact = new Contact { FirstName = "", Email = email, Source = request.SinkSource.Value!.ToLowerInvariant() };
        contact.Stamp(context.OrganizationId, ids.Next());
        FillWhatIsEmpty(contact, person);
        contact.FirstName = contact.FirstName.Length > 0 ? contact.FirstName : EmailAddress.LocalPartOf(email);
        contact.ContactTypeId = references.FindType([.. person.Select(user => user.ContactType.Value)])!.Id;
        return contact;
    }

    private static void FillWhatIsEmpty(Contact contact, IEnumerable<IngestUser> said)
    {
        foreach (var user in said)
        {
            contact.FirstName = contact.FirstName.Length > 0 ? contact.FirstName : StringNormalization.TrimToNull(user.FirstName.Value) ?? "";
            contact.LastName ??= StringNormalization.TrimToNull(user.LastName.Value);
            contact.PhoneNumber ??= StringNormalization.TrimToNull(user.PhoneNumber.Value);
            contact.AvatarUrl ??= StringNormalization.TrimToNull(user.AvatarUrl.Value);
            contact.Metadata = contact.Metadata == RawJson.EmptyObject ? RawJson.ObjectOrEmpty(user.Metadata.Value) : contact.Metadata;
        }
    }
}
