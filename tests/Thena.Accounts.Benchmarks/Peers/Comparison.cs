using System.Globalization;
using Thena.Accounts.Benchmarks.Load;

namespace Thena.Accounts.Benchmarks.Peers;

/// <summary>Compares servers: in each round, all of them are measured in turn, so that variations of the machine affect all.</summary>
internal static class Comparison
{
    private const int WarmUpRounds = 2;

    /// <summary>Runs cases and prints a table.</summary>
    /// <param name="cases">The names of the cases.</param>
    /// <param name="sides">The servers.</param>
    /// <param name="database">A database of the PostgreSQL that they use.</param>
    /// <param name="settings">How long to measure.</param>
    public static async Task RunAsync(
        IEnumerable<string> cases, IReadOnlyList<Side> sides, BenchmarkDatabase database, LoadSettings settings)
    {
        Console.WriteLine(
            $"{settings.Describe()}\n\n"
            + "| case | server | per second | ratio | p50 ms | p99 ms | longest ms | server ms CPU | PostgreSQL ms CPU | MB |\n"
            + "|---|---|---|---|---|---|---|---|---|---|");
        foreach (var name in cases)
        {
            await CompareAsync(name, sides, database, settings);
        }
    }

    private static async Task CompareAsync(string name, IReadOnlyList<Side> sides, BenchmarkDatabase database, LoadSettings settings)
    {
        await Console.Error.WriteLineAsync($"Measuring {name}");
        var index = Peer.CaseNames.ToList().IndexOf(name);
        var isSet = index == Peer.CaseNames.Count - 1;
        var connections = isSet ? 1 : settings.Connections;
        foreach (var side in sides)
        {
            await HttpLoad.WarmUpAsync(side.Server.Port, connections, side.Peer.Requests[index], WarmUpRounds);
        }

        var rounds = sides.Select(_ => new List<Measurement>()).ToList();
        for (var round = 0; round < settings.Rounds; round++)
        {
            for (var number = 0; number < sides.Count; number++)
            {
                var side = sides[number];
                rounds[number].Add(
                    await Measurement.TakeAsync(side.Server, database, connections, settings.Seconds, side.Peer.Requests[index]));
            }
        }

        var medians = rounds.ConvertAll(Measurement.Median);
        for (var number = 0; number < sides.Count; number++)
        {
            Print(name, sides[number].Peer.Name, medians[number], medians[0], isSet ? Peer.SetSize : 1);
        }
    }

    private static void Print(string name, string side, Measurement measured, Measurement own, int size)
    {
        var load = measured.Load;
        var count = load.Milliseconds.Count;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {side} | {load.PerSecond * size:0} | {own.Load.PerSecond / load.PerSecond:0.00} "
            + $"| {load.Percentile(50):0.0} | {load.Percentile(99):0.0} | {load.Percentile(100):0.0} "
            + $"| {measured.ServerCpu.TotalMilliseconds / count:0.000} | {measured.DatabaseCpu.TotalMilliseconds / count:0.000} "
            + $"| {measured.ResidentBytes / 1048576} |"));
    }

    /// <summary>A server that is compared.</summary>
    /// <param name="Peer">How it is asked.</param>
    /// <param name="Server">The server.</param>
    internal sealed record Side(Peer Peer, HttpServer Server);
}
