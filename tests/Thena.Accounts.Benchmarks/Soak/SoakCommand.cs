using System.Globalization;
using Thena.Accounts.Benchmarks.Load;

namespace Thena.Accounts.Benchmarks.Soak;

/// <summary>
/// Runs normal clients of one organization, first alone and then beside clients of another organization that misbehave in every way of
/// <see cref="MisbehavingClients"/> at once. Measures whether the first ones notice, and what remains in the server afterwards.
/// </summary>
internal static class SoakCommand
{
    private const int Accounts = 20_000;
    private const int AccountsOfTheMisbehaving = 100_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>Runs the soak and prints its report.</summary>
    /// <returns>0 if every goal is met, 1 if one is missed, 2 if the options cannot be read.</returns>
    public static async Task<int> RunAsync(string[] options)
    {
        var given = options.Chunk(2).ToDictionary(option => option[0], option => option.ElementAtOrDefault(1));
        var behaviors = MisbehavingClients.Find(given.GetValueOrDefault("--only"));
        if (given.Keys.Except(["--minutes", "--only"]).Any()
            || !int.TryParse(given.GetValueOrDefault("--minutes", "10"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || minutes == 0
            || behaviors.Count == 0)
        {
            await Console.Error.WriteLineAsync(
                "Options: --minutes N, --only NAMES: parts of what the report calls the clients, separated by commas.");
            return 2;
        }

        await using var database = await BenchmarkDatabase.StartAsync();
        await Console.Error.WriteLineAsync("Seeding");
        var (misbehaving, key) = await database.CreateTenantAsync("Misbehaving");
        await Seed.AccountsAsync(database, database.OrganizationId, 1, Accounts);
        await Seed.AccountsAsync(database, misbehaving, 1, AccountsOfTheMisbehaving);

        var log = new ServerLog(misbehaving);
        await using var server = await HttpServer.StartWithDefaultLimitsAsync(database, log.ReadLine);
        var report = await MeasureAsync(database, server, key, behaviors, log, TimeSpan.FromMinutes(minutes));
        Console.WriteLine(report.ToMarkdown());
        return report.MeetsEveryGoal ? 0 : 1;
    }

    /// <summary>A fifth of the time alone, then together, and a minute of rest.</summary>
    private static async Task<SoakReport> MeasureAsync(
        BenchmarkDatabase database,
        HttpServer server,
        string keyOfTheMisbehaving,
        IReadOnlyList<IMisbehavior> behaviors,
        ServerLog log,
        TimeSpan duration)
    {
        CpuUse Cpu() => new(server.CpuTime, database.CpuTime(), Environment.CpuUsage.TotalTime);

        var normal = await NormalClients.CreateAsync(server.Port, database);
        await Console.Error.WriteLineAsync("Warming up");
        await normal.RunAsync(WarmUp);
        await Console.Error.WriteLineAsync("Normal clients alone");
        var cpu = Cpu();
        var alone = await normal.RunAsync(duration / 5);
        var cpuAlone = Cpu() - cpu;
        var before = server.ResidentBytes;

        await Console.Error.WriteLineAsync("Together with clients that misbehave");
        await using var memory = MemoryPeak.Watch(server);
        using var tenant = new MisbehavingTenant(server.Port, keyOfTheMisbehaving);
        using var ending = new CancellationTokenSource();
        cpu = Cpu();
        var misbehaving = MisbehavingClients.RunAsync(behaviors, tenant, ending.Token);
        var together = await normal.RunAsync(duration - (duration / 5));
        var cpuTogether = Cpu() - cpu;
        await ending.CancelAsync();
        var outcomes = await misbehaving;

        await Console.Error.WriteLineAsync("Resting");
        await Task.Delay(Rest);
        return new SoakReport(
            duration,
            (alone, cpuAlone),
            (together, cpuTogether),
            outcomes,
            new MemoryUse(before, memory.Bytes, server.ResidentBytes),
            log.Faults);
    }
}
