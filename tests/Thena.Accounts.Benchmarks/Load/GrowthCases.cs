using System.Globalization;
using System.Text;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>Times of one reader: how they grow with the number of accounts, and searches among a million contacts.</summary>
internal static class GrowthCases
{
    private const int Large = 1_000_000;

    private static readonly string[] Sorts = ["createdAt", "name", "updatedAt", "annualRevenue", "employees"];

    /// <summary>The names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } = ["growth"];

    /// <summary>Runs the cases and prints their tables.</summary>
    public static async Task RunAsync(BenchmarkDatabase database, LoadSettings settings)
    {
        if (!settings.Includes("growth"))
        {
            return;
        }

        await database.ExecuteAsync("truncate accounts cascade");
        await Seed.AccountsAsync(database, database.OrganizationId, 1, 10_000);
        var small = await MeasureAsync(database, 10_000);
        Console.Error.WriteLine($"Seeding {Large} accounts");
        await Seed.AccountsAsync(database, database.OrganizationId, 10_001, Large);
        var large = await MeasureAsync(database, Large);
        var table = new StringBuilder("| request | 10 k: p50 ms | 1 M: p50 ms | ratio |\n|---|---|---|---|\n");
        foreach (var (name, time) in small)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {time:0.00} | {large[name]:0.00} | {large[name] / time:0.00} |");
        }

        Console.WriteLine(table);
    }

    private static async Task<OrderedDictionary<string, double>> MeasureAsync(BenchmarkDatabase database, int accounts)
    {
        Console.Error.WriteLine($"Measuring growth at {accounts}");
        await using var server = await HttpServer.StartAccountsAsync(database);
        var ids = (await database.QueryAsync<Guid>("select id from accounts order by random() limit 1000"))
            .ConvertAll(id => new Ulid(id).ToString());
        var times = new OrderedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["details"] = await TimeAsync(() => $"/v1/accounts/{ids[Random.Shared.Next(ids.Count)]}"),
        };
        foreach (var (sort, order) in Sorts.SelectMany(_ => new[] { "DESC", "ASC" }, (sort, order) => (sort, order)))
        {
            var list = $"/v1/accounts?limit=50&sort={sort}&order={order}";
            times[$"{sort} {order}, page 1"] = await TimeAsync(() => list);
            var cursor = await CursorAsync(server.Port, database.Key, $"{list}&page=190");
            times[$"{sort} {order}, cursor far in"] = await TimeAsync(() => cursor);
        }

        times["status filter, page 1"] = await TimeAsync(() => "/v1/accounts?limit=50&status=ACTIVE");
        times["offset page 100"] = await TimeAsync(() => "/v1/accounts?limit=50&page=100");
        times["search, one hit"] = await TimeAsync(() => "/v1/accounts?limit=50&search=account-7777.");
        times["search, many hits"] = await TimeAsync(() => "/v1/accounts?limit=50&search=example");
        times["search, absent"] = await TimeAsync(() => "/v1/accounts?limit=50&search=nowhere");
        times["search, two letters"] = await TimeAsync(() => "/v1/accounts?limit=50&search=77");
        return times;

        async Task<double> TimeAsync(Func<string> path)
        {
            await HttpLoad.RunSequentiallyAsync(server.Port, 20, () => Requests.Get(path(), database.Key));
            var load = await HttpLoad.RunSequentiallyAsync(server.Port, 100, () => Requests.Get(path(), database.Key));
            return load.Percentile(50);
        }
    }

    private static async Task<string> CursorAsync(int port, string key, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Add("x-api-key", key);
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        var next = response.Headers.GetValues("Link")
            .SelectMany(link => link.Split(", "))
            .First(link => link.Contains("\"next\"", StringComparison.Ordinal));
        return new Uri(next.Split('<', '>')[1]).PathAndQuery;
    }
}
