using System.Globalization;
using Thena.Accounts.Benchmarks.Load;

namespace Thena.Accounts.Benchmarks.Peers;

/// <summary>
/// Compares the server with others that a team could take instead: the same accounts in the same PostgreSQL, the same requests. In each
/// round, all of them are measured in turn. They are installed from npm by <c>scripts/start-peer.sh</c>.
/// </summary>
internal static class PeersCommand
{
    private const int WarmUpRounds = 2;
    private const string PlatformaticName = "platformatic", DirectusName = "directus";

    /// <summary>Runs all cases and prints a table.</summary>
    public static async Task<int> RunAsync(string[] options)
    {
        if (LoadSettings.Parse(options) is not { } settings || settings.Cases.Except([PlatformaticName, DirectusName]).Any())
        {
            await Console.Error.WriteLineAsync(
                $"Peers: {PlatformaticName} {DirectusName}. Options: --seconds N, --rounds N, --accounts N.");
            return 2;
        }

        await using var database = await BenchmarkDatabase.StartAsync();
        await Seed.AccountsAsync(database, database.OrganizationId, 1, settings.Accounts);
        var ids = (await database.QueryAsync<Guid>("select id from accounts")).ConvertAll(id => new Ulid(id).ToString());
        List<Side> sides = [];
        try
        {
            sides.Add(new(Peer.Accounts("Thena.Accounts", database.Key, ids), await HttpServer.StartAccountsAsync(database)));

            // As the others keep no history.
            sides.Add(new(
                Peer.Accounts("Thena.Accounts, Changes__Enabled=false", database.Key, ids),
                await HttpServer.StartAccountsAsync(database, settings: new() { ["Changes__Enabled"] = "false" })));
            foreach (var name in new[] { PlatformaticName, DirectusName }.Where(settings.Includes))
            {
                sides.Add(await StartAsync(name, database, settings.Accounts));
            }

            Console.WriteLine(
                $"{settings.Describe()}\n\n"
                + "| case | server | per second | ratio | p50 ms | p99 ms | longest ms | server ms CPU | PostgreSQL ms CPU | MB |\n"
                + "|---|---|---|---|---|---|---|---|---|---|");
            for (var index = 0; index < Peer.CaseNames.Count; index++)
            {
                await CompareAsync(index, sides, database, settings);
            }
        }
        finally
        {
            foreach (var side in sides)
            {
                await side.Server.DisposeAsync();
            }
        }

        return 0;
    }

    private static async Task<Side> StartAsync(string name, BenchmarkDatabase server, int accounts)
    {
        await Console.Error.WriteLineAsync($"Starting {name}");
        await using var database = await server.CreateAsync(name);
        await PeerTable.CreateAsync(database, accounts);
        return new(
            name == PlatformaticName ? Peer.Platformatic(accounts) : Peer.Directus(accounts),
            await HttpServer.StartPeerAsync(name, database));
    }

    private static async Task CompareAsync(int index, List<Side> sides, BenchmarkDatabase database, LoadSettings settings)
    {
        var name = Peer.CaseNames[index];
        await Console.Error.WriteLineAsync($"Measuring {name}");
        var isSet = index == Peer.CaseNames.Count - 1;
        var connections = isSet ? 1 : settings.Connections;
        foreach (var side in sides)
        {
            await HttpLoad.WarmUpAsync(side.Server.Port, connections, side.Peer.Requests[index], WarmUpRounds);
        }

        var rounds = sides.ConvertAll(_ => new List<Measurement>());
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

    private sealed record Side(Peer Peer, HttpServer Server);
}
