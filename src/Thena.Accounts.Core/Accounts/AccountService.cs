using Microsoft.EntityFrameworkCore;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Results;
using Thena.Accounts.Core.Time;

namespace Thena.Accounts.Core.Accounts;

/// <summary>The organization's accounts (contract: Accounts).</summary>
public sealed class AccountService(AccountsDbContext context, ContactLinker contactLinker, IdGenerator ids, TimeProvider time)
{
    internal static readonly Error NotFound = Error.NotFound("Account not found!");

    /// <summary>A page of the accounts that match.</summary>
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

        return accounts.ToPageAsync(query, AccountOrders.Get(query.Sort, query.Order), AccountResponse.Projection, row => row.Id, cancellationToken);
    }

    /// <summary>One account.</summary>
    public async Task<Result<AccountResponse>> GetAsync(string id, CancellationToken cancellationToken) =>
        WireFormat.TryParseId(id, out var accountId)
        && await context.Accounts.Where(account => account.Id == accountId).Select(AccountResponse.Projection).FirstOrDefaultAsync(cancellationToken) is { } account
            ? account
            : NotFound;

    /// <summary>The living accounts among those asked for, in the order asked, each once.</summary>
    public async Task<IReadOnlyList<AccountResponse>> GetByIdsAsync(FilterAccountsByIdsRequest request, CancellationToken cancellationToken)
    {
        var asked = WireFormat.ParseIds(request.Ids ?? []);
        var found = await context.Accounts.Where(account => asked.Contains(account.Id)).Select(AccountResponse.Projection).ToDictionaryAsync(account => account.Id, cancellationToken);
        return [.. asked.Select(id => found.GetValueOrDefault(id.ToString())).OfType<AccountResponse>()];
    }

    /// <summary>The living accounts with the primary domains asked for, in the order asked, each once.</summary>
    public async Task<IReadOnlyList<AccountResponse>> GetByPrimaryDomainsAsync(FilterAccountsByPrimaryDomainsRequest request, CancellationToken cancellationToken)
    {
        List<string> asked = [.. (request.PrimaryDomains ?? []).Select(text => DomainName.TryNormalize(text, out var domain) ? domain : null).OfType<string>().Distinct()];
        var found = await context.Accounts.Where(account => asked.Contains(account.PrimaryDomain)).Select(AccountResponse.Projection)
            .ToDictionaryAsync(account => account.PrimaryDomain, cancellationToken);
        return [.. asked.Select(found.GetValueOrDefault).OfType<AccountResponse>()];
    }

    /// <summary>Creates an account.</summary>
    public async Task<Result<AccountResponse>> CreateAsync(CreateAccountRequest request, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var references = new AccountWriter(batch, context, [request]);
        await batch.RunAsync(cancellationToken);

        var account = new Account { Name = "", PrimaryDomain = "" };
        context.Add(account);
        List<FieldError> problems = [];
        var error = references.Apply(account, request, isNew: true, "", problems);
        if (Error.FirstOf(problems, error) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (IsDomainTaken(exception))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await DomainTakenAsync(account, cancellationToken);
        }

        await LinkContactsAsync(account, request, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return AccountResponse.Of(account);
    }

    /// <summary>Creates many accounts at once; those whose domain exists or stands earlier in the request are left out.</summary>
    public async Task<Result<BulkCreateResponse>> CreateManyAsync(CreateAccountsRequest request, CancellationToken cancellationToken)
    {
        var requests = request.Accounts ?? [];
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var references = new AccountWriter(batch, context, requests);
        await batch.RunAsync(cancellationToken);

        List<FieldError> problems = [];
        Error? error = null;
        var accounts = new List<Account>(requests.Count);
        for (var index = 0; index < requests.Count; index++)
        {
            var account = new Account { Name = "", PrimaryDomain = "" };
            account.Stamp(context.OrganizationId, ids.Next());
            var missing = references.Apply(account, requests[index], isNew: true, $"accounts[{index}].", problems);
            error ??= missing;
            accounts.Add(account);
        }

        if (Error.FirstOf(problems, error) is { } refusal)
        {
            return refusal;
        }

        var insertion = await BulkInsertion<Account>.RunAsync(context, accounts, new(context, account => account.PrimaryDomain), cancellationToken);
        await context.InsertAllAsync([.. insertion.Created.SelectMany(account => account.CustomFieldValues)], cancellationToken);
        var linking = accounts.Where((_, index) => requests[index].AddExistingUsersToAccountContacts.Value == true).ToHashSet();
        await contactLinker.LinkToAsync(insertion.Created.Where(linking.Contains), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return insertion.ToResponse(accounts);
    }

    /// <summary>Changes an account.</summary>
    public async Task<Result<AccountResponse>> UpdateAsync(string id, UpdateAccountRequest request, CancellationToken cancellationToken)
    {
        if (!WireFormat.TryParseId(id, out var accountId))
        {
            return NotFound;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var batch = new QueryBatch(context);
        var references = new AccountWriter(batch, context, [request]);
        var found = batch.Add(context.Accounts.Where(account => account.Id == accountId), RowLock.ForUpdate);
        batch.Add(context.AccountCustomFieldValues.Where(value => value.AccountId == accountId));
        await batch.RunAsync(cancellationToken);
        if (found is not [var account])
        {
            return NotFound;
        }

        List<FieldError> problems = [];
        var error = references.Apply(account, request, isNew: false, "", problems);
        if (Error.FirstOf(problems, error) is { } refusal)
        {
            return refusal;
        }

        try
        {
            await context.SaveRecordAsync(account, cancellationToken);
        }
        catch (DbUpdateException exception) when (IsDomainTaken(exception))
        {
            await transaction.RollbackAsync(cancellationToken);
            return await DomainTakenAsync(account, cancellationToken);
        }

        await LinkContactsAsync(account, request, cancellationToken);
        return await context.CommitAsync(account, AccountResponse.Projection, cancellationToken);
    }

    /// <summary>Deletes an account with its relationships, activities, notes and tasks, and unlinks its contacts. Its domain is free again.</summary>
    public Task<Result> DeleteAsync(string id, CancellationToken cancellationToken) =>
        context.WithDeadlockRetryAsync(() => TryDeleteAsync(id, cancellationToken), cancellationToken);

    private async Task<Result> TryDeleteAsync(string id, CancellationToken cancellationToken)
    {
        var now = time.Now();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!WireFormat.TryParseId(id, out var accountId)
            || await context.Accounts.Where(account => account.Id == accountId).SoftDeleteAsync(now, cancellationToken) == 0)
        {
            return NotFound;
        }

        await context.AccountContacts.Where(link => link.AccountId == accountId).ExecuteDeleteAsync(cancellationToken);
        await context.Relationships.Where(relationship => relationship.AccountId == accountId || relationship.RelatedAccountId == accountId).SoftDeleteAsync(now, cancellationToken);
        await context.Activities.Where(activity => activity.AccountId == accountId).SoftDeleteAsync(now, cancellationToken);
        await context.Notes.Where(note => note.AccountId == accountId).SoftDeleteAsync(now, cancellationToken);
        await context.Tasks.Where(task => task.AccountId == accountId).SoftDeleteAsync(now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Done;
    }

    private Task LinkContactsAsync(Account account, AccountFields request, CancellationToken cancellationToken) =>
        request.AddExistingUsersToAccountContacts.Value == true ? contactLinker.LinkToAsync([account], cancellationToken) : Task.CompletedTask;

    private static bool IsDomainTaken(DbUpdateException exception) =>
        exception.IsDuplicate(out var index) && index == AccountConfiguration.UniquePrimaryDomain;

    private async Task<Error> DomainTakenAsync(Account account, CancellationToken cancellationToken) =>
        Error.Conflict("An account with this primary domain already exists!") with
        {
            ExistingId = WireFormat.IdOrNull(await context.Accounts.Where(twin => twin.PrimaryDomain == account.PrimaryDomain)
                .Select(twin => (Ulid?)twin.Id).FirstOrDefaultAsync(cancellationToken)),
        };
}
