using Microsoft.EntityFrameworkCore;
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
    WriteTransaction write,
    ContactLinker contactLinker,
    IEnumerable<IDependents<Account>> dependents,
    IdGenerator ids,
    TimeProvider time)
{
    internal static readonly Error NotFound = Error.NotFound("Account not found!");

    /// <summary>Reads a page of the accounts that match.</summary>
    public Task<Result<Page<AccountResponse>>> ListAsync(ListAccountsQuery query, CancellationToken cancellationToken)
    {
        var accounts = context.Accounts.AsQueryable();
        if (query.Source is not null)
        {
            accounts = accounts.Where(account => account.Source == query.Source);
        }

        accounts = accounts
            .WithValue(context, AttributeKind.AccountStatus, query.Status, account => account.StatusId)
            .WithValue(context, AttributeKind.AccountClassification, query.Classification, account => account.ClassificationId)
            .WithValue(context, AttributeKind.AccountHealth, query.Health, account => account.HealthId)
            .WithValue(context, AttributeKind.AccountIndustry, query.Industry, account => account.IndustryId)
            .WithId(query.AccountOwnerId, account => account.AccountOwnerId);
        if (StringNormalization.TrimToNull(query.Search)?.ToLowerInvariant() is { } part)
        {
            accounts = part.Contains(Account.SearchSeparator, StringComparison.Ordinal)
                ? accounts.Where(_ => false)
                : accounts.Where(account => account.Search.Contains(part));
        }

        return accounts.ToPageAsync(
            query, AccountOrders.Get(query.Sort, query.Order), AccountResponse.Projection, row => row.Id, cancellationToken);
    }

    /// <summary>Reads an account.</summary>
    public async Task<Result<AccountResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        await context.Accounts.Where(account => account.Id == id)
            .Select(AccountResponse.Projection)
            .FirstOrDefaultAsync(cancellationToken) is { } account
            ? account
            : NotFound;

    /// <summary>Reads the accounts with the given IDs, in the order given. Unknown IDs and repetitions are left out.</summary>
    public async Task<IReadOnlyList<AccountResponse>> GetByIdsAsync(FilterAccountsByIdsRequest request, CancellationToken cancellationToken)
    {
        var asked = WireFormat.ParseIds(request.Ids ?? []);
        var found = await context.Accounts.Where(account => asked.Contains(account.Id))
            .Select(AccountResponse.Projection)
            .ToDictionaryAsync(account => account.Id, cancellationToken);
        return [.. asked.Select(id => found.GetValueOrDefault(id.ToString())).OfType<AccountResponse>()];
    }

    /// <summary>
    /// Reads the accounts with the given primary domains, in the order given. Unknown domains and repetitions are left out.
    /// </summary>
    public async Task<IReadOnlyList<AccountResponse>> GetByPrimaryDomainsAsync(
        FilterAccountsByPrimaryDomainsRequest request, CancellationToken cancellationToken)
    {
        List<string> asked =
        [
            .. (request.PrimaryDomains ?? [])
                .Select(text => DomainName.TryNormalize(text, out var domain) ? domain : null)
                .OfType<string>()
                .Distinct(),
        ];
        var found = await context.Accounts.Where(account => asked.Contains(account.PrimaryDomain)).Select(AccountResponse.Projection)
            .ToDictionaryAsync(account => account.PrimaryDomain, cancellationToken);
        return [.. asked.Select(found.GetValueOrDefault).OfType<AccountResponse>()];
    }

    /// <summary>Creates an account.</summary>
    public Task<Result<AccountResponse>> CreateAsync(CreateAccountRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<AccountResponse>(
            async () =>
            {
                var batch = new QueryBatch(context);
                var writer = new AccountWriter(batch, context, [request]);
                await batch.RunAsync(cancellationToken);

                var account = AccountWriter.Create(request);
                context.Add(account);
                if (writer.Apply(account, request, isNew: true) is { } refusal)
                {
                    return refusal;
                }

                await write.SaveAsync(account, cancellationToken);
                await LinkContactsAsync(account, request, cancellationToken);
                return AccountResponse.Of(account);
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
                await context.InsertAllAsync([.. insertion.Created.SelectMany(account => account.CustomFieldValues)], cancellationToken);
                var linking = accounts.Where((_, index) => requests[index].AddExistingUsersToAccountContacts.Value == true).ToHashSet();
                await contactLinker.LinkToAsync(insertion.Created.Where(linking.Contains), cancellationToken);
                return insertion.ToResponse(accounts);
            },
            cancellationToken);

    /// <summary>Updates an account.</summary>
    public Task<Result<AccountResponse>> UpdateAsync(Ulid id, UpdateAccountRequest request, CancellationToken cancellationToken) =>
        write.RunAsync<AccountResponse>(
            async () =>
            {
                var batch = new QueryBatch(context);
                var writer = new AccountWriter(batch, context, [request]);
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

                await write.SaveAsync(account, cancellationToken);
                await LinkContactsAsync(account, request, cancellationToken);
                return await write.SaveAsync(account, AccountResponse.Projection, cancellationToken);
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
            if (await context.Accounts.Where(account => account.Id == id).SoftDeleteAsync(now, cancellationToken) == 0)
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

    private Task LinkContactsAsync(Account account, AccountFields request, CancellationToken cancellationToken) =>
        request.AddExistingUsersToAccountContacts.Value == true
            ? contactLinker.LinkToAsync([account], cancellationToken)
            : Task.CompletedTask;
}
