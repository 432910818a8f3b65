using System.Diagnostics;
using System.Globalization;
using System.Text;
using Thena.Accounts.Api.Tests.Infrastructure;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>
/// Compares the same data on plain tables and on distributed ones of a Citus cluster, through the coordinator and with connections to
/// the workers: 1,000 organizations of the same size, each request for another one. Plain tables are those of the coordinator, so all
/// settings are equal. With <c>growth-organizations</c>, it compares a cluster with 10 organizations and one with 10,000 instead.
/// </summary>
internal static class CitusCommand
{
    private const int Organizations = 1_000;
    private const int Shards = 32;
    private const string Growth = "growth-organizations";
    private const string Plain = "accounts_benchmark_plain", Distributed = "accounts_benchmark_distributed", Few = "accounts_benchmark_few";

    /// <summary>Runs all cases and prints a table.</summary>
    /// <param name="coordinator">The connection string of a database of the coordinator that knows the nodes.</param>
    /// <param name="options">The options of <see cref="LoadSettings"/>. The accounts are those of all organizations together.</param>
    public static async Task<int> RunAsync(string coordinator, string[] options)
    {
        if (LoadSettings.Parse(options) is not { Cases: [] or [Growth] } settings)
        {
            Console.Error.WriteLine($"Case: {Growth}. Options: --seconds N, --rounds N, --accounts N.");
            return 2;
        }

        var cluster = await CitusCluster.ConnectAsync(coordinator);
        try
        {
            if (settings.Cases is [Growth])
            {
                await using var few = await CreateDistributedAsync(cluster, Few, 10);
                await using var many = await CreateDistributedAsync(cluster, Distributed, 10_000);
                await GrowthCases.CompareOrganizationsAsync(few, many);
                return 0;
            }

            var accounts = settings.Accounts / Organizations;
            await using var plain = await CreateAsync(cluster, Plain, Organizations, accounts);
            await using var distributed = await CreateAsync(cluster, Distributed, Organizations, accounts);
            var started = Stopwatch.GetTimestamp();
            await distributed.DistributeAsync(Shards);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Distributed {settings.Accounts} accounts in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s.\n"));
            await distributed.ExecuteAsync("vacuum analyze");
            Console.WriteLine(await MeasureAsync(plain, distributed, cluster.Workers, settings));
        }
        finally
        {
            await cluster.DropAsync(Plain);
            await cluster.DropAsync(Distributed);
            await cluster.DropAsync(Few);
        }

        return 0;
    }

    /// <summary>Creates a distributed database of organizations with 20 accounts each.</summary>
    private static async Task<BenchmarkDatabase> CreateDistributedAsync(CitusCluster cluster, string name, int organizations)
    {
        var database = await CreateAsync(cluster, name, organizations, accounts: 20);
        await database.DistributeAsync(Shards);
        await database.ExecuteAsync("vacuum analyze");
        return database;
    }

    private static async Task<BenchmarkDatabase> CreateAsync(CitusCluster cluster, string name, int organizations, int accounts)
    {
        Console.Error.WriteLine($"Seeding {name}");
        await cluster.DropAsync(name);
        var database = await BenchmarkDatabase.OpenAsync(await cluster.CreateAsync(name, template: null));
        await Seed.AccountsAsync(database, database.OrganizationId, 1, accounts);
        await Seed.OrganizationsAsync(database, database.OrganizationId, organizations - 1, accounts);
        return database;
    }

    private static async Task<string> MeasureAsync(
        BenchmarkDatabase plain, BenchmarkDatabase distributed, string workers, LoadSettings settings)
    {
        var keys = await distributed.CreateKeysAsync();
        Side[] sides =
        [
            new("plain", await HttpServer.StartAccountsAsync(plain), await plain.CreateKeysAsync()),
            new("to the coordinator", await HttpServer.StartAccountsAsync(distributed), keys),
            new("to the workers", await HttpServer.StartAccountsAsync(distributed, workers), keys),
        ];
        try
        {
            var ids = (await plain.QueryAsync<Guid>(
                $"select id from accounts where organization_id = '{plain.OrganizationId.ToGuid()}'")).ConvertAll(id => new Ulid(id).ToString());
            var number = 0;
            var table = new StringBuilder("| request | connections | requests/s | ratio | p50 ms | p95 ms |\n|---|---|---|---|---|---|\n");
            await AddAsync("details", key => Requests.Get($"/v1/accounts/{Any(ids)}", key));
            await AddAsync("list of 50", key => Requests.Get("/v1/accounts?limit=50", key));
            await AddAsync("create", key => Requests.Send(
                "POST", "/v1/accounts", key, $$"""{"name":"New","primaryDomain":"new-{{Interlocked.Increment(ref number)}}.example"}"""));
            return table.ToString();

            async Task AddAsync(string name, Func<string, ReadOnlyMemory<byte>> request)
            {
                foreach (var side in sides)
                {
                    await HttpLoad.WarmUpAsync(side.Server.Port, settings.Connections, () => request(Any(side.Keys)));
                }

                var results = sides.ToDictionary(side => side, _ => new List<LoadResult>());
                for (var round = 0; round < settings.Rounds; round++)
                {
                    foreach (var side in sides)
                    {
                        results[side].Add(await RunAsync(side, TimeSpan.FromSeconds(settings.Seconds)));
                    }
                }

                var yardstick = Median(results[sides[0]]);
                foreach (var (side, median) in sides.Select(side => (side, Median(results[side]))))
                {
                    table.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"| {name} | {side.Name} | {median.PerSecond:0} | {median.PerSecond / yardstick.PerSecond:0.00} | "
                            + $"{median.Percentile(50):0.0} | {median.Percentile(95):0.0} |");
                }

                Task<LoadResult> RunAsync(Side side, TimeSpan duration) =>
                    HttpLoad.RunAsync(side.Server.Port, settings.Connections, duration, () => request(Any(side.Keys)));
            }
        }
        finally
        {
            foreach (var side in sides)
            {
                await side.Server.DisposeAsync();
            }
        }

        static LoadResult Median(IEnumerable<LoadResult> results)
        {
            LoadResult[] sorted = [.. results.OrderBy(result => result.PerSecond)];
            return sorted[sorted.Length / 2];
        }

        static string Any(List<string> values) => values[Random.Shared.Next(values.Count)];
    }

    /// <summary>A server with its database.</summary>
    private sealed record Side(string Name, HttpServer Server, List<string> Keys);
}
