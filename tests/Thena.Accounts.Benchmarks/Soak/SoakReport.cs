using System.Globalization;
using System.Text;

namespace Thena.Accounts.Benchmarks.Soak;

/// <summary>What a soak has measured, and whether it meets the goals.</summary>
internal sealed record SoakReport(
    TimeSpan Duration,
    (NormalResult Normal, CpuUse Cpu) Alone,
    (NormalResult Normal, CpuUse Cpu) Together,
    IReadOnlyList<MisbehaviorResult> Misbehaviors,
    MemoryUse Memory,
    IReadOnlyList<(string Text, int Count)> Faults)
{
    private const double MaxRatio = 5;
    private const long MaxPeak = 600 * Megabyte;
    private const long MaxRemaining = 50 * Megabyte;
    private const long Megabyte = 1_024 * 1_024;

    /// <summary>Whether every goal is met.</summary>
    public bool MeetsEveryGoal => Goals().All(goal => goal.IsMet);

    private double Ratio => Together.Normal.Load.Percentile(99) / Alone.Normal.Load.Percentile(99);

    /// <summary>Writes the report as tables.</summary>
    public string ToMarkdown()
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"{Duration.TotalMinutes:0} minutes, {Environment.ProcessorCount} cores");
        report.AppendLine(
            "\n| normal clients | requests | 5xx or no response | other failures | p50 ms | p99 ms "
            + "| server CPU | PostgreSQL CPU | clients CPU |");
        report.AppendLine("|---|---|---|---|---|---|---|---|---|");
        AddRow(report, "alone", Alone);
        AddRow(report, "together", Together);

        report.AppendLine("\n| clients that misbehave | clients | how it ended |\n|---|---|---|");
        foreach (var result in Misbehaviors)
        {
            var outcomes = string.Join(
                ", ", result.Outcomes.OrderByDescending(outcome => outcome.Value).Select(outcome => $"{outcome.Value} × {outcome.Key}"));
            report.AppendLine(CultureInfo.InvariantCulture, $"| {result.Behavior.Name} | {result.Behavior.Clients} | {outcomes} |");
        }

        report.AppendLine("\n| unexpected fault in the log | times |\n|---|---|");
        foreach (var (text, count) in Faults)
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"| {text.Replace('|', '/')} | {count} |");
        }

        report.AppendLine("\n| goal | measured | met |\n|---|---|---|");
        foreach (var (goal, measured, isMet) in Goals())
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"| {goal} | {measured} | {(isMet ? "yes" : "no")} |");
        }

        return report.ToString();
    }

    private static void AddRow(StringBuilder report, string name, (NormalResult Normal, CpuUse Cpu) phase)
    {
        var (result, cpu) = phase;
        var load = result.Load;
        report.Append(CultureInfo.InvariantCulture, $"| {name} | {load.Milliseconds.Count} | {result.ServerFailures} ")
            .Append(CultureInfo.InvariantCulture, $"| {load.Failures - result.ServerFailures} ")
            .Append(CultureInfo.InvariantCulture, $"| {load.Percentile(50):0.0} | {load.Percentile(99):0.0} ")
            .Append(CultureInfo.InvariantCulture, $"| {cpu.Server / load.Elapsed:0%} | {cpu.Database / load.Elapsed:0%} ")
            .AppendLine(CultureInfo.InvariantCulture, $"| {cpu.Clients / load.Elapsed:0%} |");
    }

    private IEnumerable<(string Goal, string Measured, bool IsMet)> Goals()
    {
        var failures = Alone.Normal.ServerFailures + Together.Normal.ServerFailures;
        yield return ("no 5xx for normal clients", $"{failures}", failures == 0);
        yield return ("p99 at most 5 times that alone", Number($"{Ratio:0.0} times"), Ratio <= MaxRatio);
        yield return ("memory at most 600 MB", Number($"{Memory.Peak / Megabyte} MB"), Memory.Peak <= MaxPeak);
        yield return (
            "memory back to within 50 MB after a minute of rest",
            Number($"{Memory.Before / Megabyte} MB before, {Memory.After / Megabyte} MB after"),
            Memory.After - Memory.Before <= MaxRemaining);
        yield return ("no unexpected fault in the log", Number($"{Faults.Sum(fault => fault.Count)}"), Faults.Count == 0);
    }

    private static string Number(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>The CPU time of the server, of PostgreSQL, and of all clients.</summary>
internal sealed record CpuUse(TimeSpan Server, TimeSpan Database, TimeSpan Clients)
{
    public static CpuUse operator -(CpuUse after, CpuUse before) =>
        new(after.Server - before.Server, after.Database - before.Database, after.Clients - before.Clients);
}
