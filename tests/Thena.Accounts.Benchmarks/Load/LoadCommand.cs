using System.Globalization;
using System.Text;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>Runs load cases and prints their results as Markdown tables.</summary>
internal static class LoadCommand
{
    /// <summary>The names of all cases.</summary>
    public static IReadOnlyList<string> CaseNames { get; } = [.. ReadCases.Names, .. WriteCases.Names, .. GrowthCases.Names];

    /// <summary>Runs the cases that the options name, or all.</summary>
    public static async Task<int> RunAsync(string[] options)
    {
        var settings = LoadSettings.Parse(options);
        if (settings is null || settings.Cases.Except(CaseNames, StringComparer.Ordinal).Any())
        {
            Console.Error.WriteLine($"Cases: {string.Join(' ', CaseNames)}. Options: --seconds N, --rounds N, --accounts N.");
            return 2;
        }

        await using var database = await BenchmarkDatabase.StartAsync();
        Console.Error.WriteLine($"Seeding {settings.Accounts} accounts");
        await Seed.AccountsAsync(database, database.OrganizationId, 1, settings.Accounts);
        var table = new StringBuilder(
            "| case | server/s | pgbench/s | ratio | bare/s | ratio | p50 ms | p95 ms | p99 ms | server ms CPU | PostgreSQL ms CPU | MB |\n"
            + "|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        try
        {
            await ReadCases.RunAsync(database, settings, table);
            await WriteCases.RunAsync(database, settings, table);
        }
        finally
        {
            Print(settings, table);
        }

        await GrowthCases.RunAsync(database, settings);
        return 0;
    }

    private static void Print(LoadSettings settings, StringBuilder table)
    {
        Console.WriteLine($"{settings.Describe()}\n");
        Console.WriteLine(table);
    }
}

/// <summary>What to run, and for how long.</summary>
/// <param name="Cases">The names of the cases; all if empty.</param>
/// <param name="Seconds">The seconds of one measurement.</param>
/// <param name="Rounds">The number of times that all sides are measured in turn.</param>
/// <param name="Accounts">The number of accounts in the database.</param>
internal sealed record LoadSettings(IReadOnlyList<string> Cases, int Seconds, int Rounds, int Accounts)
{
    /// <summary>The number of connections under load.</summary>
    public int Connections => 16;

    /// <summary>Returns what is measured, where and when.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {Connections} connections, {Accounts} accounts, "
        + $"median of {Rounds} rounds of {Seconds} s");

    /// <summary>Whether a case is to run.</summary>
    public bool Includes(string name) => Cases.Count == 0 || Cases.Contains(name, StringComparer.Ordinal);

    /// <summary>Reads the command line. Returns null if it cannot be read.</summary>
    public static LoadSettings? Parse(string[] options)
    {
        List<string> cases = [];
        var (seconds, rounds, accounts) = (5, 3, 100_000);
        for (var index = 0; index < options.Length; index++)
        {
            if (!options[index].StartsWith("--", StringComparison.Ordinal))
            {
                cases.Add(options[index]);
                continue;
            }

            if (index + 1 == options.Length
                || !int.TryParse(options[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            switch (options[index++])
            {
                case "--seconds": seconds = number; break;
                case "--rounds": rounds = number; break;
                case "--accounts": accounts = number; break;
                default: return null;
            }
        }

        return new LoadSettings(cases, seconds, rounds, accounts);
    }
}
