using Thena.Accounts.Benchmarks.Load;

namespace Thena.Accounts.Benchmarks.Peers;

/// <summary>
/// Compares the server with others that a team could take instead: the same accounts in the same PostgreSQL, the same requests. In each
/// round, all of them are measured in turn. They are installed from npm by <c>scripts/start-peer.sh</c>.
/// </summary>
internal static class PeersCommand
{
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
        var ids = await database.ReadAccountIdsAsync();
        List<Comparison.Side> sides = [];
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

            await Comparison.RunAsync(Peer.CaseNames, sides, database, settings);
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

    private static async Task<Comparison.Side> StartAsync(string name, BenchmarkDatabase server, int accounts)
    {
        await Console.Error.WriteLineAsync($"Starting {name}");
        await using var database = await server.CreateAsync(name);
        await PeerTable.CreateAsync(database, accounts);
        return new(
            name == PlatformaticName ? Peer.Platformatic(accounts) : Peer.Directus(accounts),
            await HttpServer.StartPeerAsync(name, database));
    }
}
