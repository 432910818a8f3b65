using System.CommandLine;
using System.Globalization;
using System.Text;
using CsvHelper;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Moving;
using Thena.Accounts.Core.Moving.Rows;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Administration;

/// <summary>The commands that import accounts and contacts from a file of rows.</summary>
internal static class RowCommands
{
    /// <summary>Creates the command that imports a kind of record.</summary>
    public static Command Import(string kind)
    {
        var file = new Argument<FileInfo>("file")
        {
            Description = "A CSV file, or a file with one JSON object per line (.ndjson). Can be compressed (.gz)",
        };
        var organization = CommandLine.OrganizationOption();
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
        var command = new Command(kind, $"Imports {kind} from a CSV file")
        {
            file, organization, map, update, allOrNothing, exact, dryRun,
        };
        command.SetAction((parsed, cancellationToken) => MovingCommands.RunAsync<RowImportSummary>(
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
            new RowImportOptions(job.Update, isDryRun),
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

    /// <summary>
    /// The rows that were rejected, in a file beside the imported one that can be corrected and imported. Shows the first ones.
    /// </summary>
    private sealed class RejectedFile : IAsyncDisposable
    {
        private readonly string _path;
        private readonly IReadOnlyList<string>? _header;
        private readonly bool _isKept;
        private StreamWriter? _writer;
        private CsvWriter? _csv;
        private int _shown;

        /// <summary>Removes the file of an import before.</summary>
        /// <param name="file">The imported file.</param>
        /// <param name="header">The names of its columns, or <see langword="null"/> if it has JSON lines.</param>
        /// <param name="isKept">Whether rejected rows are written.</param>
        public RejectedFile(FileInfo file, IReadOnlyList<string>? header, bool isKept)
        {
            var format = header is null ? FileFormat.Ndjson : FileFormat.Csv;
            (_path, _header, _isKept) = ($"{file.FullName}.rejected.{format.ToName()}", header, isKept);
            if (isKept)
            {
                File.Delete(_path);
            }
        }

        public async ValueTask AddAsync(RejectedRow rejected)
        {
            if (_shown++ < MovingDisplay.MaxShown)
            {
                var column = rejected.Column is null ? "" : $", {rejected.Column}";
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"Line {rejected.Row.Line}{column}: {rejected.Reason}"));
            }

            if (_isKept)
            {
                _writer ??= new StreamWriter(_path);
                await (_header is null
                    ? _writer.WriteLineAsync(Encoding.UTF8.GetString(rejected.Row.Request))
                    : WriteAsync(_header, rejected));
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_csv is not null)
            {
                await _csv.DisposeAsync();
            }

            if (_writer is not null)
            {
                await _writer.DisposeAsync();
                await Console.Error.WriteLineAsync($"The rejected rows are in {_path}.");
            }
        }

        private async Task WriteAsync(IReadOnlyList<string> header, RejectedRow rejected)
        {
            if (_csv is null)
            {
                _csv = new CsvWriter(_writer!, CultureInfo.InvariantCulture, leaveOpen: true);
                await WriteAsync([.. header, .. ColumnMatch.OfRejectedFiles]);
            }

            // The cells stay as the user has written them, but a reason can contain what others have.
            var line = rejected.Row.Line.ToString(CultureInfo.InvariantCulture);
            await WriteAsync([.. rejected.Row.Cells, line, Formulas.ToCell(rejected.Reason)]);
        }

        private async Task WriteAsync(IEnumerable<string> cells)
        {
            foreach (var cell in cells)
            {
                _csv!.WriteField(cell);
            }

            await _csv!.NextRecordAsync();
        }
    }
}
