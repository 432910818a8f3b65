using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Bulk;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Moving.Rows;

/// <summary>How rows are imported.</summary>
/// <param name="Update">Whether existing records get the values of the row. Otherwise, they are skipped.</param>
/// <param name="DryRun">Whether nothing is written.</param>
public sealed record RowImportOptions(bool Update, bool DryRun);

/// <summary>What an import of rows has done.</summary>
public sealed record RowImportSummary
{
    /// <summary>Whether this was a dry run, which writes nothing.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The number of rows.</summary>
    public long Read { get; set; }

    /// <summary>The number of records that were created, or would be created in a dry run.</summary>
    public long Created { get; set; }

    /// <summary>The number of existing records that were changed, or would be changed.</summary>
    public long Changed { get; set; }

    /// <summary>The number of existing records that were left as they are.</summary>
    public long Skipped { get; set; }

    /// <summary>The number of rows that were rejected.</summary>
    public long Rejected { get; set; }
}

/// <summary>Thrown when a file cannot be read any further, after some of its rows have been imported.</summary>
/// <param name="message">Why, as one sentence.</param>
/// <param name="summary">What has been done.</param>
public sealed class RowImportStoppedException(string message, RowImportSummary summary) : RecordSourceException(message)
{
    /// <summary>What the import has done before it stopped.</summary>
    public RowImportSummary Summary => summary;
}

/// <summary>
/// Creates accounts or contacts from the rows of a file. Accounts are identified by their primary domain, contacts by their email address,
/// so importing the same file again changes nothing. Rows are written in sets: a row that is rejected does not affect others.
/// </summary>
public sealed class RowImporter(IServiceScopeFactory scopes, IdGenerator ids)
{
    private const int SetSize = 500;

    /// <summary>Opens a CSV file.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="kind"><see cref="RecordKinds.Accounts"/> or <see cref="RecordKinds.Contacts"/>.</param>
    /// <param name="stream">The file.</param>
    /// <param name="renamed">The fields of columns with other names. An empty field leaves the column out.</param>
    /// <param name="isExact">Whether cells are taken exactly as they are. Otherwise, <see cref="Formulas"/> are undone.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <exception cref="RecordSourceException">The file has no header, an unknown column or not the columns that are needed.</exception>
    public async Task<CsvRows> OpenCsvAsync(
        Ulid organizationId,
        string kind,
        Stream stream,
        IReadOnlyDictionary<string, string> renamed,
        bool isExact,
        CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(organizationId);
        var fields = await scope.ServiceProvider.GetRequiredService<CustomFieldService>().ListOfSourceAsync(
            kind == RecordKinds.Accounts ? CustomFieldSource.Account : CustomFieldSource.CustomerContact, cancellationToken);
        return await CsvRows.OpenAsync(stream, kind, fields, renamed, isExact, cancellationToken);
    }

    /// <summary>Imports all rows.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="kind"><see cref="RecordKinds.Accounts"/> or <see cref="RecordKinds.Contacts"/>.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="options">How they are imported.</param>
    /// <param name="reject">Receives the rows that are rejected.</param>
    /// <param name="progress">Is told after each set of rows.</param>
    /// <param name="cancellationToken">Token that stops the import between two sets.</param>
    /// <exception cref="RecordSourceException">The file cannot be read. Nothing has been written.</exception>
    /// <exception cref="RowImportStoppedException">The file cannot be read any further. The sets before have been written.</exception>
    public async Task<RowImportSummary> RunAsync(
        Ulid organizationId,
        string kind,
        IRowSource rows,
        RowImportOptions options,
        Func<RejectedRow, ValueTask> reject,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        var run = new Run(
            scopes, ids, organizationId, CopiedKind.All.Single(one => one.Name == kind), rows, options, cancellationToken);
        try
        {
            await foreach (var set in rows.ReadAsync(cancellationToken).Chunk(SetSize).WithCancellation(cancellationToken))
            {
                await run.ImportAsync(set);
                foreach (var row in run.TakeRejected().OrderBy(rejected => rejected.Row.Line))
                {
                    await reject(row);
                }

                progress(new MovingProgress(kind, run.Summary.Read));
            }
        }
        catch (RecordSourceException exception) when (run.Summary.Read > 0)
        {
            throw new RowImportStoppedException(exception.Message, run.Summary);
        }

        return run.Summary;
    }

    private sealed class Run(
        IServiceScopeFactory scopes,
        IdGenerator ids,
        Ulid organizationId,
        CopiedKind kind,
        IRowSource rows,
        RowImportOptions options,
        CancellationToken cancellationToken)
    {
        private const string AccountIds = "accountIds";

        private readonly List<RejectedRow> _rejected = [];

        public RowImportSummary Summary { get; } = new() { DryRun = options.DryRun };

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
                var created = await kind.CreateSetAsync(
                    scope.ServiceProvider,
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
            var origin = scope.ServiceProvider.GetRequiredService<RecordOrigin>();
            origin.AddsToLists = rows.AddsToLists;
            var error = await kind.UpdateAsync(scope.ServiceProvider, id, request, cancellationToken);

            // In a dry run, an earlier row of the set has not been kept.
            if (error is not null && !(options.DryRun && error.Kind == ErrorKind.NotFound))
            {
                Reject(row, error);
            }
            else
            {
                _ = origin.HasWritten ? Summary.Changed++ : Summary.Skipped++;
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
            if (kind.Name != RecordKinds.Contacts || !JsonNodes.TryParseObject(row.Request, out var members))
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
            scope.ServiceProvider.GetRequiredService<RecordOrigin>().IsTrial = options.DryRun;
            return scope;
        }

        /// <summary>Returns the stored form of a domain, or null for a text that is not one, which no account can have.</summary>
        private static string? Key(string domain) => DomainName.TryNormalize(domain, out var normalized) ? normalized : null;
    }
}
