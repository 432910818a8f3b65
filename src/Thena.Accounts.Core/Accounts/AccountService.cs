using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Deletion;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Accounts;

/// <summary>Manages the organization's accounts (contract: Accounts).</summary>
public sealed class AccountService(
    Records records, Writes writes, IContactLinker contactLinker, IEnumerable<IDependents<Account>> dependents)
{
    internal static readonly Error NotFound = Error.NotFound("Account not found!");

    /// <summary>Reads a page of the accounts that match.</summary>
    public Task<Result<Page<AccountResponse>>> ListAsync(ListAccountsQuery query, CancellationToken cancellationToken)
    {
        var accounts = records.Of<Account>()
            .WithValue(nameof(Account.StatusId), AttributeKind.AccountStatus, query.Status)
            .WithValue(nameof(Account.ClassificationId), AttributeKind.AccountClassification, query.Classification)
            .WithValue(nameof(Account.HealthId), AttributeKind.AccountHealth, query.Health)
            .WithValue(nameof(Account.IndustryId), AttributeKind.AccountIndustry, query.Industry)
            .WithId(nameof(Account.AccountOwnerId), query.AccountOwnerId);
        if (query.Source is not null)
        {
            accounts.Where(nameof(Account.Source), query.Source);
        }

        if (StringNormalization.TrimToNull(query.Search)?.ToLowerInvariant() is { } part)
        {
            accounts = part.Contains(Account.SearchSeparator, StringComparison.Ordinal)
                ? accounts.WhereNothing()
                : accounts.WhereSearchContains(part);
        }

        return records.ToPageAsync(
            accounts, query, AccountOrders.Get(query.Sort, query.Order), AccountResponse.From, cancellationToken);
    }

    /// <summary>Gets an account.</summary>
    public Task<Result<AccountResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        records.GetAsync(records.Of<Account>(), id, NotFound, AccountResponse.From, cancellationToken);

    /// <summary>Gets accounts by ID, in the order of the request, each once. Unknown IDs are left out.</summary>
    public Task<RecordList<AccountResponse>> GetByIdsAsync(FilterAccountsByIdsRequest request, CancellationToken cancellationToken) =>
        records.ToOrderedListAsync(
            records.Of<Account>(),
            nameof(Account.Id),
            WireFormat.ParseIds(request.Ids ?? []),
            account => account.Id,
            AccountResponse.From,
            cancellationToken);

    /// <summary>Gets accounts by primary domain, in the order of the request, each once. Unknown domains are left out.</summary>
    public Task<RecordList<AccountResponse>> GetByPrimaryDomainsAsync(
        FilterAccountsByPrimaryDomainsRequest request, CancellationToken cancellationToken) => records.ToOrderedListAsync(
        records.Of<Account>(),
        nameof(Account.PrimaryDomain),
        [
            .. (request.PrimaryDomains ?? [])
                .Select(text => DomainName.TryNormalize(text, out var domain) ? domain : null)
                .OfType<string>()
                .Distinct(),
        ],
        account => account.PrimaryDomain,
        AccountResponse.From,
        cancellationToken);

    /// <summary>Creates an account.</summary>
    public Task<Result<AccountResponse>> CreateAsync(CreateAccountRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<AccountResponse>(
            async unit =>
            {
                var account = unit.Stamp.New(AccountWriter.Create(request));
                if (new AccountWriter(unit).Apply(account, request, isNew: true) is { } refusal)
                {
                    return refusal;
                }

                unit.Insert(account);
                await LinkContactsAsync(unit, account, request);
                return AccountResponse.From(account, unit.References);
            },
            cancellationToken,
            AccountConfiguration.UniquePrimaryDomain);

    /// <summary>Creates accounts in bulk. Skips accounts whose primary domain already exists or appears earlier in the request.</summary>
    public Task<Result<BulkCreateResponse>> CreateManyAsync(CreateAccountsRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<BulkCreateResponse>(
            async unit =>
            {
                var requests = request.Accounts ?? [];
                if (!new AccountWriter(unit).CreateMany(requests).TryGetValue(out var accounts, out var refusal))
                {
                    return refusal;
                }

                var inserted = await unit.InsertOrLockAsync(
                    [.. accounts.DistinctBy(account => account.PrimaryDomain)],
                    nameof(Account.PrimaryDomain),
                    account => account.PrimaryDomain,
                    RowLock.None);
                var linking = accounts.Where((_, index) => LinksContacts(requests[index])).Select(account => account.Id).ToHashSet();
                await InsertPartsAsync(unit, inserted.Created, linking);
                return BulkCreateResponse.Of(accounts, inserted);
            },
            cancellationToken);

    /// <summary>Creates accounts, each of which can be refused without the others.</summary>
    internal Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IReadOnlyList<SetItem<CreateAccountRequest>> items, CancellationToken cancellationToken) =>
        writes.RunAsync<IReadOnlyList<SetItemResult>>(
            async unit =>
            {
                var writer = new AccountWriter(unit);
                var linking = items.Where(item => LinksContacts(item.Request)).Select(item => item.Id).ToHashSet();
                return await SetCreation.RunAsync(
                    unit,
                    items,
                    nameof(Account.PrimaryDomain),
                    account => account.PrimaryDomain,
                    AccountWriter.Create,
                    (account, request) => writer.Apply(account, request, isNew: true),
                    created => InsertPartsAsync(unit, created, linking));
            },
            cancellationToken);

    /// <summary>Updates an account.</summary>
    public Task<Result<AccountResponse>> UpdateAsync(Ulid id, UpdateAccountRequest request, CancellationToken cancellationToken) =>
        writes.RunAsync<AccountResponse>(
            async unit =>
            {
                var found = unit.Lock(unit.Of<Account>().Where(nameof(Account.Id), id), RowLock.Change);
                await unit.SendAsync();
                if (found is not [var account])
                {
                    return NotFound;
                }

                if ((new AccountWriter(unit).Apply(account, request, isNew: false) ?? unit.Check(account)) is { } refusal)
                {
                    return refusal;
                }

                unit.Update(account);
                await LinkContactsAsync(unit, account, request);
                return AccountResponse.From(account, unit.References);
            },
            cancellationToken,
            AccountConfiguration.UniquePrimaryDomain);

    /// <summary>
    /// Deletes an account with its relationships, activities, notes and tasks, and unlinks its contacts. Its domain can be used again.
    /// </summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) =>
        writes.DeleteAsync(unit => unit.Of<Account>(), id, NotFound, cancellationToken, unit => dependents.Lock(id, unit));

    private static bool LinksContacts(AccountFields request) => request.AddExistingUsersToAccountContacts.Value == true;

    /// <summary>Inserts the custom field values of new accounts, and links the contacts of those that ask for it.</summary>
    private Task InsertPartsAsync(Unit unit, IReadOnlyList<Account> accounts, HashSet<Ulid> linking)
    {
        unit.InsertParts(accounts);
        return contactLinker.LinkToAsync(unit, accounts.Where(account => linking.Contains(account.Id)));
    }

    /// <summary>Links the contacts with the account's domains, if the request asks for it.</summary>
    private Task LinkContactsAsync(Unit unit, Account account, AccountFields request) =>
        LinksContacts(request) ? contactLinker.LinkToAsync(unit, [account]) : Task.CompletedTask;
}
