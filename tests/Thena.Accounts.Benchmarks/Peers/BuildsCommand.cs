using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Thena.Accounts.Benchmarks.Load;

namespace Thena.Accounts.Benchmarks.Peers;

/// <summary>
/// Compares this build of the server with another one, such as of the version before a change. Each has a database of its own, which it
/// has filled itself.
/// </summary>
internal static class BuildsCommand
{
    private const int SetSize = 5_000;

    /// <summary>Runs the cases that the options name, or all, and prints a table.</summary>
    /// <param name="program">The program of the other build, <c>Thena.Accounts.Api.dll</c>.</param>
    /// <param name="options">The options.</param>
    public static async Task<int> RunAsync(string program, string[] options)
    {
        if (LoadSettings.Parse(options) is not { } settings || settings.Cases.Except(Peer.CaseNames, StringComparer.Ordinal).Any())
        {
            await Console.Error.WriteLineAsync(
                $"Cases: \"{string.Join("\" \"", Peer.CaseNames)}\". Options: --seconds N, --rounds N, --accounts N.");
            return 2;
        }

        await using var database = await BenchmarkDatabase.StartAsync();
        await using var nowDatabase = await database.CreateAsync("this_build");
        await using var otherDatabase = await database.CreateAsync("other_build");
        await using var now = await HttpServer.StartAccountsAsync(nowDatabase);
        await using var other = await HttpServer.StartAccountsAsync(otherDatabase, program: program);
        await Comparison.RunAsync(
            Peer.CaseNames.Where(settings.Includes),
            [
                await FillAsync("this build", HttpServer.AccountsProgram, now, nowDatabase, settings.Accounts),
                await FillAsync("the other build", program, other, otherDatabase, settings.Accounts),
            ],
            database,
            settings);
        return 0;
    }

    private static async Task<Comparison.Side> FillAsync(
        string name, string program, HttpServer server, BenchmarkDatabase database, int accounts)
    {
        await Console.Error.WriteLineAsync($"Filling the database of {name}");
        var key = await CreateKeyAsync(program, database);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        client.DefaultRequestHeaders.Add("x-api-key", key);
        foreach (var set in Enumerable.Range(1, accounts).Chunk(SetSize))
        {
            var rows = set.Select(number => new
            {
                name = PeerTable.Name(number),
                primaryDomain = PeerTable.Domain(number),
                status = number % 2 == 0 ? "ACTIVE" : "PROSPECT",
                industry = "Retail",
                employees = number,
            });
            using var response = await client.PostAsJsonAsync(new Uri("/v1/accounts/bulk", UriKind.Relative), new { accounts = rows });
            response.EnsureSuccessStatusCode();
        }

        await database.ExecuteAsync("vacuum analyze");
        var ids = await database.ReadAccountIdsAsync();
        return new(Peer.Accounts(name, key, ids), server);
    }

    private static async Task<string> CreateKeyAsync(string program, BenchmarkDatabase database)
    {
        var start = new ProcessStartInfo(
            "dotnet", [program, "keys", "bootstrap", "--organization", "Benchmark", "--user", "Ada", "--email", "ada@example.com"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__Accounts"] = database.ConnectionString;
        using var process = Process.Start(start)!;
        var created = JsonElement.Parse(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return created.GetProperty("key").GetString()!;
    }
}
