using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Moving.Copying;
using Thena.Accounts.Moving.Demo;
using Thena.Accounts.Moving.Files;
using Thena.Accounts.Moving.Reports;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Moving.Commands;

/// <summary>The commands that move data in and out.</summary>
public static class MovingCommands
{
    /// <summary>The exit code if records were refused.</summary>
    internal const int SomeRefused = 2;

    /// <summary>What a user reads who has stopped an import.</summary>
    internal const string ImportStopped = "Stopped. To continue, run the same command again: no record is created twice.";

    /// <summary>The exit code of a command that the user has stopped, as shells define it.</summary>
    internal const int Stopped = 130;

    /// <summary>Creates the command <c>export</c>.</summary>
    public static Command Export(ICommandHost host)
    {
        var organization = OrganizationOption();
        var folder = new Option<string>("--to") { Required = true, Description = "The folder to write the files to" };
        var format = new Option<string>("--format")
        {
            DefaultValueFactory = _ => FileFormats.Names[0],
            Description = "The format of the files",
        };
        format.AcceptOnlyFromAmong([.. FileFormats.Names]);
        var gzip = new Option<bool>("--gzip") { Description = "Compress the files" };
        var exact = ExactOption("Write texts to CSV files as they are, also those that a spreadsheet would compute as formulas");
        var command = new CommandWithExamples(
            "export",
            "Writes all data of an organization to files",
            "export --organization ID --to backup",
            "export --organization ID --to tables --format csv --gzip")
        {
            organization, folder, format, gzip, exact,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync<ExportManifest>(
            host,
            "Exporting",
            "Stopped. The export is not complete.",
            (services, progress) => services.GetRequiredService<RecordExporter>().RunAsync(
                parsed.GetValue(organization)!,
                parsed.GetValue(folder)!,
                FileFormats.Parse(parsed.GetValue(format), parsed.GetValue(exact)),
                parsed.GetValue(gzip),
                progress,
                cancellationToken),
            _ => 0,
            cancellationToken));
        return command;
    }

    /// <summary>Creates the command <c>import</c>.</summary>
    public static Command Import(ICommandHost host) => new CommandWithExamples("import", "Imports data into an organization")
    {
        ServerCommands.Import(host),
        ImportFiles(host),
        RowCommands.Import(host, AccountKind.Plural),
        RowCommands.Import(host, ContactKind.Plural),
    };

    /// <summary>Creates the command <c>demo</c>.</summary>
    public static Command Demo(ICommandHost host)
    {
        var organization = new Option<string?>("--organization")
        {
            Description = "The organization's ID; in Development, the default is the organization of the development key",
        };
        var command = new CommandWithExamples("demo", "Adds demo data to an organization", "demo --organization ID") { organization };
        command.SetAction((parsed, cancellationToken) => ImportAsync(
            host,
            _ => Task.FromResult<IRecordSource>(new DemoSource()),
            async services => parsed.GetValue(organization)
                ?? await host.FindDefaultOrganizationAsync(services, cancellationToken)
                ?? throw new RecordSourceException("Outside Development, --organization is required."),
            new ImportOptions(),
            reportFile: null,
            cancellationToken));
        return command;
    }

    private static Command ImportFiles(ICommandHost host)
    {
        var folder = new Argument<string>("folder") { Description = "The folder of an export" };
        var organization = OrganizationOption();
        var (dryRun, defaultUser, report) = (DryRunOption(), DefaultUserOption(), ReportOption());
        var command = new CommandWithExamples(
            "files", "Imports an export", "import files backup --organization ID", "import files backup --organization ID --dry-run")
        {
            folder, organization, dryRun, defaultUser, report,
        };
        command.SetAction((parsed, cancellationToken) => ImportAsync(
            host,
            async _ => await FolderSource.OpenAsync(parsed.GetValue(folder)!, cancellationToken),
            _ => Task.FromResult(parsed.GetValue(organization)!),
            new ImportOptions { DryRun = parsed.GetValue(dryRun), DefaultUser = parsed.GetValue(defaultUser) },
            parsed.GetValue(report),
            cancellationToken));
        return command;
    }

    /// <summary>Imports the records of a source.</summary>
    internal static Task<int> ImportAsync(
        ICommandHost host,
        Func<IServiceProvider, Task<IRecordSource>> open,
        Func<IServiceProvider, Task<string>> organization,
        ImportOptions options,
        string? reportFile,
        CancellationToken cancellationToken) =>
        RunAsync<ImportReport>(
            host,
            "Importing",
            ImportStopped,
            async (services, progress) => await services.GetRequiredService<RecordImporter>().RunAsync(
                await organization(services), await open(services), options, progress, cancellationToken),
            report => Finish(report, reportFile),
            cancellationToken);

    /// <summary>Shows a report, and saves it.</summary>
    /// <returns>The exit code.</returns>
    internal static int Finish(ImportReport report, string? file)
    {
        MovingDisplay.Show(report);
        Save(report, file);
        return report.HasRefused ? SomeRefused : 0;
    }

    private static void Save(ImportReport report, string? file)
    {
        if (file is null)
        {
            return;
        }

        try
        {
            File.WriteAllBytes(
                file, JsonSerializer.SerializeToUtf8Bytes(report, MovingJson.Options.GetTypeInfo(typeof(ImportReport))));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecordSourceException($"The import is done, but its report cannot be written: {exception.Message}");
        }
    }

    /// <summary>Runs a command that takes long. Shows how far it is.</summary>
    internal static async Task<int> RunAsync<T>(
        ICommandHost host,
        string verb,
        string stopped,
        Func<IServiceProvider, Action<MovingProgress>, Task<Result<T>>> work,
        Func<T, int> exitCode,
        CancellationToken cancellationToken)
    {
        try
        {
            return await host.RunAsync(
                services => MovingDisplay.RunAsync(verb, progress => work(services, progress)), exitCode, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(stopped);
            return Stopped;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecordSourceException(exception.Message);
        }
    }

    /// <summary>Creates the option that names the organization of a command.</summary>
    public static Option<string> OrganizationOption() => new("--organization") { Required = true, Description = "The organization's ID" };

    internal static Option<bool> DryRunOption() => new("--dry-run") { Description = "Write nothing; only show what would be done" };

    internal static Option<bool> ExactOption(string description) => new("--exact") { Description = description };

    internal static Option<string?> ReportOption() => new("--report") { Description = "A file to write the report to, as JSON" };

    internal static Option<string?> DefaultUserOption() =>
        new("--default-user") { Description = "The email address of a user who stands for users that cannot be found" };
}
