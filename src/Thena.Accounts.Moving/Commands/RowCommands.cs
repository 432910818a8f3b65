using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Moving.Rows;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Moving.Commands;

/// <summary>The commands that import accounts and contacts from a file of rows.</summary>
internal static class RowCommands
{
    /// <summary>Creates the command that imports a kind of record.</summary>
    public static Command Import(ICommandHost host, string kind)
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "A CSV file, or a file with one JSON object per line (.ndjson). Can be compressed (.gz)",
        };
        var organization = MovingCommands.OrganizationOption();
        var map = new Option<string[]>("--map") { Description = "The field of a column: \"Company name=name\". \"Remark=\" leaves it out" };
        map.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => !token.Value.Contains('=', StringComparison.Ordinal)) is { } wrong)
            {
                result.AddError($"--map {wrong.Value} must have the form \"column=field\".");
            }
        });
        var update = new Option<bool>("--update")
        {
            Description = $"Give existing {kind} the values of the file, instead of skipping them",
        };
        var allOrNothing = new Option<bool>("--all-or-nothing") { Description = "Write nothing if a row is rejected" };
        var exact = MovingCommands.ExactOption("Take the texts of a CSV file as they are: do not remove the apostrophe before formulas");
        var dryRun = MovingCommands.DryRunOption();
        var command = new CommandWithExamples(
            kind,
            $"Imports {kind} from a CSV file",
            $"import {kind} {kind}.csv --organization ID --dry-run",
            $"import {kind} {kind}.csv --organization ID --map \"Company name=name\" --update")
        {
            file, organization, map, update, allOrNothing, exact, dryRun,
        };
        command.SetAction((parsed, cancellationToken) => MovingCommands.RunAsync<RowImportSummary>(
            host,
            "Importing",
            MovingCommands.ImportStopped,
            (services, progress) => RunAsync(
                services,
                new Job(
                    kind,
                    parsed.GetValue(file)!,
                    parsed.GetValue(organization)!,
                    Renamed(parsed.GetValue(map) ?? []),
                    parsed.GetValue(update),
                    parsed.GetValue(exact)),
                parsed.GetValue(dryRun),
                parsed.GetValue(allOrNothing),
                progress,
                cancellationToken),
            summary => summary.Rejected > 0 ? MovingCommands.SomeRefused : 0,
            cancellationToken));
        return command;
    }

    private static Dictionary<string, string> Renamed(string[] map) => map
        .Select(pair => (Column: pair[..pair.LastIndexOf('=')].Trim(), Field: pair[(pair.LastIndexOf('=') + 1)..].Trim()))
        .DistinctBy(pair => pair.Column)
        .ToDictionary(pair => pair.Column, pair => pair.Field, StringComparer.OrdinalIgnoreCase);

    private static async Task<Result<RowImportSummary>> RunAsync(
        IServiceProvider services,
        Job job,
        bool isDryRun,
        bool isAllOrNothing,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        if (!job.File.Exists)
        {
            throw new RecordSourceException($"There is no file {job.File.FullName}.");
        }

        if (!await services.GetRequiredService<AdministrationService>().ChooseAsync(job.Organization, cancellationToken))
        {
            return AdministrationService.OrganizationNotFound;
        }

        var importer = services.GetRequiredService<RowImporter>();
        if (isDryRun || isAllOrNothing)
        {
            var trial = await RunAsync(importer, job, isDryRun: true, keepsRejected: !isDryRun, progress, cancellationToken);
            if (isDryRun || trial.Rejected > 0)
            {
                return trial;
            }
        }

        return await RunAsync(importer, job, isDryRun: false, keepsRejected: true, progress, cancellationToken);
    }

    private static async Task<RowImportSummary> RunAsync(
        RowImporter importer,
        Job job,
        bool isDryRun,
        bool keepsRejected,
        Action<MovingProgress> progress,
        CancellationToken cancellationToken)
    {
        var organization = WireFormat.IdOrNone(job.Organization);
        await using var file = job.File.OpenRead();
        await using var stream = JsonLines.Decompress(file, job.File.Name);
        var isJson = JsonLines.IsJson(job.File.Name);
        using var csv = isJson ? null : await OpenAsync(importer, job, organization, stream, cancellationToken);
        await using var rejected = new RejectedFile(job.File, csv?.Header, keepsRejected);
        return await importer.RunAsync(
            organization,
            job.Kind,
            csv is null ? new JsonRows(stream) : csv,
            new RowImportOptions(job.Update, isDryRun, new ChangeOrigin { Source = ChangeSource.Import }),
            rejected.AddAsync,
            done => progress(done with { Fraction = file.Position / Math.Max(1.0, file.Length) }),
            cancellationToken);
    }

    private static async Task<CsvRows> OpenAsync(
        RowImporter importer, Job job, Ulid organization, Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await importer.OpenCsvAsync(organization, job.Kind, stream, job.Renamed, job.IsExact, cancellationToken);
        }
        catch (UnknownColumnException exception)
        {
            throw new RecordSourceException(
                $"{exception.Message} If a column has another name, add --map \"its name=field\". To leave a column out, add --map \"its name=\".");
        }
    }

    private sealed record Job(
        string Kind, FileInfo File, string Organization, Dictionary<string, string> Renamed, bool Update, bool IsExact);
}
