using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Moving.Rows;

/// <summary>
/// Creates accounts or contacts from the rows of a file. Accounts are identified by their primary domain, contacts by their email address,
/// so importing the same file again changes nothing. Rows are written in sets: a row that is rejected does not affect others.
/// </summary>
public sealed class RowImporter(IServiceScopeFactory scopes, IdGenerator ids)
{
    private const int SetSize = 500;

    /// <summary>Opens a CSV file.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="kind"><see cref="AccountKind.Plural"/> or <see cref="ContactKind.Plural"/>.</param>
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
            kind == AccountKind.Plural ? CustomFieldSource.Account : CustomFieldSource.CustomerContact, cancellationToken);
        return await CsvRows.OpenAsync(stream, kind, fields, renamed, isExact, cancellationToken);
    }

    /// <summary>Imports all rows.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="kind"><see cref="AccountKind.Plural"/> or <see cref="ContactKind.Plural"/>.</param>
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
        var run = new RowImportRun(
            scopes, ids, organizationId, RecordKinds.Get(kind), rows, options, cancellationToken);
        try
        {
            await foreach (var set in rows.ReadAsync(cancellationToken).Chunk(SetSize).WithCancellation(cancellationToken))
            {
                var before = run.Summary with { };
                await run.ImportAsync(set);
                ImportMetrics.Count(before, run.Summary);
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
}
