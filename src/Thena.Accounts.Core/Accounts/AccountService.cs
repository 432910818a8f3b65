using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Accounts;

/// <summary>Manages the organization's accounts (contract: Accounts).</summary>
public sealed class AccountService(
    AccountsDbContext context,
    RecordReads reads,
    WriteTransaction write,
    IContactLinker contactLinker,
    IEnumerable<IDependents<Account>> dependents,
    IdGenerator ids,
    TimeProvider time)
{
    internal static readonly Error NotFound = Error.NotFound("Account not found!");

    /// <summary>Reads a page of the accounts that match.</summary>
    public Task<Result<Page<AccountResponse>>> ListAsync(ListAccountsQuery query, CancellationToken cancellationToken)
    {
        var accounts = reads.From(AccountResponse.Shape)
            .WithValue("status_id", AttributeKind.AccountStatus, query.Status)
            .WithValue("classification_id", AttributeKind.AccountClassification, query.Classification)
            .WithValue("health_id", AttributeKind.AccountHealth, query.Health)
            .WithValue("industry_id", AttributeKind.AccountIndustry, query.Industry)
            .WithId("account_owner_id", query.AccountOwnerId);
        if (query.Source is not null)
        {
            accounts.WhereEqual("source", query.Source);
        }

        if (StringNormalization.TrimToNull(query.Search)?.ToLowerInvariant() is { } part)
        {
            _ = part.Contains(Account.SearchSeparator, StringComparison.Ordinal)
                ? accounts.WhereNothing()
                : accounts.WhereSearchContains(part);
        }

        return accounts.ToPageAsync(query, AccountOrders.Get(query.Sort, query.Order), row => row.Id, cancellationToken);
    }

    /// <summary>Gets an account.</summary>
    public async Task<Result<AccountResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        await reads.From(AccountResponse.Shape).WhereEqual("id", id.ToGuid()).FirstOrDefaultAsync(cancellationToken) is { } account
            ? account
            : NotFound;

    /// <summary>Gets accounts by ID, in the order of the request, each once. Unknown IDs are left out.</summary>
    public Task<RecordList<AccountResponse>> GetByIdsAsync(FilterAccountsByIdsRequest request, CancellationToken cancellationToken) =>
        reads.From(AccountResponse.Shape).ToOrderedListAsync(
            "id",
            [.. WireFormat.ParseIds(request.Ids ?? []).Select(id => id.ToGuid())],
            account => WireFormat.IdOrNone(account.Id).ToGuid(),
            cancellationToken);

    /// <summary>Gets accounts by primary domain, in the order of the request, each once. Unknown domains are left out.</summary>
    public Task<RecordList<AccountResponse>> GetByPrimaryDomainsAsync(
        FilterAccountsByPrimaryDomainsRequest request, CancellationToken cancellationToken)
    {
        string[] domains =
        [
            .. (request.PrimaryDomains ?? [])
                .Select(text => DomainName.TryNormalize(text, out var domain) ? domain : null)
                .OfType<string>()
                .Distinct(),
        ];
        return reads.From(AccountResponse.Shape)
            .ToOrderedListAsync("primary_domain", domains, account => account.PrimaryDomain, cancellationToken);
    }

    /// <summary>Creates an account.</summary>
    public Task<Result<AccountResponse>> CreateAsync(CreateAccountRequest request, CancellationToken cancellationToken) =>
        write.CreateAsync<Account, AccountResponse>(
            AccountResponse.Shape,
            async batch =>
            {
                var writer = new AccountWriter(batch, context, [request]);
                await batch.RunAsync(cancellationToken);

                var account = AccountWriter.Create(request);
                context.Stamp(account);
                if (writer.Apply(account, request, isNew: true) is { } refusal)
                {
                    return refusal;
                }

                await LinkContactsAsync(account, request, cancellationToken);
                return account;
            },
            cancellationToken,
            AccountConfiguration.UniquePrimaryDomain);

    /// <summary>Creates accounts in bulk. Skips accounts whose primary domain already exists or appears earlier in the request.</summary>
    public Task<Result<BulkCreateResponse>> CreateManyAsync(CreateAccountsRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<BulkCreateResponse>(
            async () =>
            {
                var requests = request.Accounts ?? [];
                var batch = new QueryBatch(context);
                var writer = new AccountWriter(batch, context, requests);
                await batch.RunAsync(cancellationToken);
                if (!writer.CreateMany(requests, () => ids.Next()).TryGetValue(out var accounts, out var refusal))
                {
                    return refusal;
                }

                var insertion = await BulkInsertion<Account>.RunAsync(
                    context, accounts, new(context, account => account.PrimaryDomain), cancellationToken);
                var linking = accounts.Where((_, index) => LinksContacts(requests[index])).Select(account => account.Id).ToHashSet();
                await InsertPartsAsync(insertion.Created, linking, cancellationToken);
                return insertion.ToResponse(accounts);
            },
            cancellationToken);

    /// <summary>Creates accounts, each of which can be refused without the others.</summary>
    internal Task<Result<IReadOnlyList<SetItemResult>>> CreateSetAsync(
        IReadOnlyList<SetItem<CreateAccountRequest>> items, CancellationToken cancellationToken) =>
        write.RunAsync<IReadOnlyList<SetItemResult>>(
            async () =>
            {
                var batch = new QueryBatch(context);
                var writer = new AccountWriter(batch, context, [.. items.Select(item => item.Request)]);
                await batch.RunAsync(cancellationToken);
                var linking = items.Where(item => LinksContacts(item.Request)).Select(item => item.Id).ToHashSet();
                return await SetCreation.RunAsync<Account, CreateAccountRequest>(
                    context,
                    items,
                    new(context, account => account.PrimaryDomain),
                    AccountWriter.Create,
                    (account, request) => writer.Apply(account, request, isNew: true),
                    created => InsertPartsAsync(created, linking, cancellationToken),
                    cancellationToken);
            },
            cancellationToken);

    /// <summary>Updates an account.</summary>
    public Task<Result<AccountResponse>> UpdateAsync(Ulid id, UpdateAccountRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<Account, AccountResponse>(
            AccountResponse.Shape,
            async () =>
            {
                var batch = new QueryBatch(context);
                var writer = new AccountWriter(batch, context, [request], creates: false);
                var found = batch.Add(context.Accounts.Where(account => account.Id == id), RowLock.Change);
                batch.Add(context.AccountCustomFieldValues.Where(value => value.AccountId == id));
                await batch.RunAsync(cancellationToken);
                if (found is not [var account])
                {
                    return NotFound;
                }

                if (writer.Apply(account, request, isNew: false) is { } refusal)
                {
                    return refusal;
                }

                await LinkContactsAsync(account, request, cancellationToken);
                return account;
            },
            cancellationToken,
            AccountConfiguration.UniquePrimaryDomain);

    /// <summary>
    /// Deletes an account with its relationships, activities, notes and tasks, and unlinks its contacts. Its domain can be used again.
    /// </summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) => write.RunAsync(
        async () =>
        {
            var now = time.Now();
            if (await write.SoftDeleteAsync(context.Accounts.Where(account => account.Id == id), now, cancellationToken) == 0)
            {
                return NotFound;
            }

            foreach (var dependent in dependents)
            {
                await dependent.RemoveAsync(id, now, cancellationToken);
            }

            return Result.Done;
        },
        cancellationToken);

    private static bool LinksContacts(AccountFields request) => request.AddExistingUsersToAccountContacts.Value == true;

    /// <summary>Inserts the custom field values of new accounts, and links the contacts of those that ask for it.</summary>
    private async Task InsertPartsAsync(IReadOnlyList<Account> accounts, HashSet<Ulid> linking, CancellationToken cancellationToken)
    {
        await context.InsertAllAsync([.. accounts.SelectMany(account => account.CustomFieldValues)], cancellationToken);
        await contactLinker.LinkToAsync(accounts.Where(account => linking.Contains(account.Id)), cancellationToken);
    }

    /// <summary>Links the contacts with the account's domains, if the request asks for it. Saves the account first.</summary>
    private async Task LinkContactsAsync(Account account, AccountFields request, CancellationToken cancellationToken)
    {
        if (LinksContacts(request))
        {
            await write.SaveAsync(account, cancellationToken);
            await contactLinker.LinkToAsync([account], cancellationToken);
        }
    }
}
