using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Thena.Accounts.Moving.Reports;

namespace Thena.Accounts.Moving.Commands;

/// <summary>
/// Shows how far an import or export is, on stderr: a live table if a person watches, otherwise one line every ten seconds.
/// </summary>
internal static class MovingDisplay
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    /// <summary>The number of refused records and rejected rows that are shown. Reports and files of rejected rows contain more.</summary>
    public const int MaxShown = 20;

    private static readonly IAnsiConsole Error = AnsiConsole.Create(
        new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Runs the work, and shows how far it is.</summary>
    public static Task<T> RunAsync<T>(string verb, Func<Action<MovingProgress>, Task<T>> work) =>
        Console.IsErrorRedirected ? RunWithLinesAsync(verb, work) : RunWithTasksAsync(work);

    /// <summary>Shows the numbers of an import, and the first records that were refused.</summary>
    public static void Show(ImportReport report)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(report.DryRun ? "dry run" : "")
            .AddColumns("read", "created", "changed", "unchanged", "refused");
        foreach (var kind in report.Kinds)
        {
            table.AddRow([kind.Kind, .. new[] { kind.Read, kind.Created, kind.Changed, kind.Unchanged, kind.Refused }.Select(Number)]);
        }

        Error.Write(table);
        foreach (var refused in report.Refused.Take(MaxShown))
        {
            Error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{refused.Kind} {refused.Id}: {refused.Reason}");
        }

        var more = report.Kinds.Sum(kind => kind.Refused) - MaxShown;
        if (more > 0)
        {
            Error.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"… and {Number(more)} more. The report lists them.");
        }
    }

    private static async Task<T> RunWithLinesAsync<T>(string verb, Func<Action<MovingProgress>, Task<T>> work)
    {
        var last = Stopwatch.GetTimestamp();
        return await work(progress =>
        {
            if (Stopwatch.GetElapsedTime(last) >= LineEvery)
            {
                last = Stopwatch.GetTimestamp();
                Console.Error.WriteLine($"{verb} {progress.Kind}: {Number(progress.Records)}");
            }
        });
    }

    private static async Task<T> RunWithTasksAsync<T>(Func<Action<MovingProgress>, Task<T>> work) => await Error.Progress()
        .Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
        .StartAsync(async context =>
        {
            ProgressTask? shown = null;
            var (kind, started) = ("", 0L);
            return await work(progress =>
            {
                if (shown is null || kind != progress.Kind)
                {
                    shown?.Value(1).StopTask();
                    (kind, started) = (progress.Kind, Stopwatch.GetTimestamp());
                    shown = context.AddTask(kind, maxValue: 1);
                }

                var rate = progress.Records / Math.Max(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.001);
                shown.Description = $"{kind}: {Number(progress.Records)} ({Number((long)rate)}/s)";
                shown.IsIndeterminate = progress.Fraction is null;
                shown.Value = progress.Fraction ?? 0;
            });
        });

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
