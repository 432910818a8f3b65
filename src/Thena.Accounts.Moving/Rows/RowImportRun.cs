using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Moving.Rows;

/// <summary>One import of rows: creates records in sets, and updates those that exist if it is asked to.</summary>
internal sealed class RowImportRun(
    IServiceScopeFactory scopes,
    IdGenerator ids,
    Ulid organizationId,
    RecordKind kind,
    IRowSource rows,
    RowImportOptions options,
    CancellationToken cancellationToken)
{
    private const string AccountIds = "accountIds";

    private readonly List<RejectedRow> _rejected = [];

    public RowImportSummary Summary { get; } = new() { DryRun = options.DryRun };

    private RecordOrigin Origin => new() { IsTrial = options.DryRun };

    /// <summary>Returns the rows that were rejected since the last call.</summary>
    public List<RejectedRow> TakeRejected()
    {
        List<RejectedRow> taken = [.. _rejected];
        _rejected.Clear();
        return taken;
    }

    public async Task ImportAsync(FileRow[] set)
    {
        Summary.Read += set.Length;
        List<(FileRow Row, byte[] Create, byte[] Update)> items = [];
        var accounts = await FindAccountsAsync(set);
        foreach (var row in set)
        {
            if (row.Problem is not null)
            {
                Reject(row, null, row.Problem);
            }
            else if (row.AccountDomains.FirstOrDefault(domain => !accounts.ContainsKey(Key(domain) ?? "")) is { } unknown)
            {
                Reject(row, CsvRows.AccountDomain, $"There is no account with the domain {unknown}");
            }
            else
            {
                var (create, update) = RequestsOf(row, accounts);
                items.Add((row, create, update));
            }
        }

        if (items.Count > 0)
        {
            await CreateAsync(items);
        }
    }

    private async Task CreateAsync(List<(FileRow Row, byte[] Create, byte[] Update)> items)
    {
        IReadOnlyList<SetItemResult>? results;
        Error? refusal;
        await using (var scope = Scope())
        {
            var created = await kind.Requests!.CreateSetAsync(
                scope.ServiceProvider,
                Origin,
                items.ConvertAll(item =>
                {
                    var id = ids.Next();
                    return new SetItem<byte[]>(item.Create, id, id.Time, Imported: null);
                }),
                cancellationToken);
            created.TryGetValue(out results, out refusal);
        }

        for (var index = 0; index < items.Count; index++)
        {
            var (row, _, update) = items[index];
            if (options.Update && results?[index].ExistingId is { } existing)
            {
                // An update needs less than a new record, such as no values of mandatory fields that the row does not name.
                await UpdateAsync(row, update, existing);
            }
            else if ((refusal ?? results![index].Error) is { } error)
            {
                Reject(row, error);
            }
            else if (results![index].ExistingId is null)
            {
                Summary.Created++;
            }
            else
            {
                Summary.Skipped++;
            }
        }
    }

    private async Task UpdateAsync(FileRow row, byte[] request, Ulid id)
    {
        await using var scope = Scope();
        var (error, hasWritten) = await kind.Requests!.UpdateAsync(
            scope.ServiceProvider, Origin with { AddsToLists = rows.AddsToLists }, id, request, cancellationToken);

        // In a dry run, an earlier row of the set has not been kept.
        if (error is not null && !(options.DryRun && error.Kind == ErrorKind.NotFound))
        {
            Reject(row, error);
        }
        else if (hasWritten)
        {
            Summary.Changed++;
        }
        else
        {
            Summary.Skipped++;
        }
    }

    private void Reject(FileRow row, Error error)
    {
        var member = error.Fields.Count > 0 ? error.Fields[0].Field : null;
        Reject(row, member is null ? null : rows.ColumnOf(row, member), error.Message);
    }

    private void Reject(FileRow row, string? column, string reason)
    {
        Summary.Rejected++;
        _rejected.Add(new RejectedRow(row, column, reason));
    }

    /// <summary>Finds the accounts whose primary domains rows name.</summary>
    private async Task<Dictionary<string, string>> FindAccountsAsync(FileRow[] set)
    {
        var domains = set.SelectMany(row => row.AccountDomains).Select(Key).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (domains.Count == 0)
        {
            return [];
        }

        await using var scope = Scope();
        var records = scope.ServiceProvider.GetRequiredService<Records>();
        var accounts = await records.ToListAsync(
            records.Of<Account>().WhereAny(nameof(Account.PrimaryDomain), domains),
            (account, _) => (account.PrimaryDomain, Id: WireFormat.Id(account.Id)),
            order: null,
            cancellationToken);
        return accounts.ToDictionary(account => account.PrimaryDomain, account => account.Id);
    }

    /// <summary>
    /// Returns the request that creates the record of a row, and the one that updates it. A contact gets the accounts that the row
    /// names by their domains, and a new one gets the default first name.
    /// </summary>
    private (byte[] Create, byte[] Update) RequestsOf(FileRow row, Dictionary<string, string> accounts)
    {
        if (kind.Name != ContactKind.Plural || !JsonNodes.TryParseObject(row.Request, out var members))
        {
            return (row.Request, row.Request);
        }

        var update = row.Request;
        if (row.AccountDomains.Count > 0)
        {
            AddTo(members, AccountIds, row.AccountDomains.Select(domain => JsonValue.Create(accounts[Key(domain)!])));
            update = JsonSerializer.SerializeToUtf8Bytes(members);
        }

        if (
            members["firstName"].TextOrNull() is { Length: > 0 }
                || EmailAddress.LocalPartOf((members["email"].TextOrNull() ?? "").Trim()) is not { Length: > 0 } name)
        {
            return (update, update);
        }

        members["firstName"] = name;
        return (JsonSerializer.SerializeToUtf8Bytes(members), update);
    }

    private static void AddTo(JsonObject members, string member, IEnumerable<JsonNode?> items)
    {
        var list = members[member] as JsonArray ?? [];
        members[member] = new JsonArray([.. list.Select(item => item?.DeepClone()), .. items]);
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(organizationId);
        scope.ServiceProvider.GetRequiredService<ChangeOrigin>().Take(options.Origin);
        return scope;
    }

    /// <summary>Returns the stored form of a domain, or null for a text that is not one, which no account can have.</summary>
    private static string? Key(string domain) => DomainName.TryNormalize(domain, out var normalized) ? normalized : null;
}
