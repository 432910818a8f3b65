using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>
/// Times of one reader: how they grow with the number of accounts and of organizations, and searches among a million records.
/// </summary>
internal static class GrowthCases
{
    private const int Large = 1_000_000;
    private const int Warmups = 300;

    private static readonly string[] Sorts = ["createdAt", "name", "updatedAt", "annualRevenue", "employees"];

    /// <summary>The names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } = ["growth", "growth-organizations", "search-1m"];

    /// <summary>Runs the cases and prints their tables.</summary>
    public static async Task RunAsync(BenchmarkDatabase database, LoadSettings settings)
    {
        if (settings.Includes("growth"))
        {
            await ClearAsync(database);
            await Seed.AccountsAsync(database, database.OrganizationId, 1, 10_000);
            var small = await MeasureAsync(database, 10_000);
            Console.Error.WriteLine($"Seeding {Large} accounts");
            await Seed.AccountsAsync(database, database.OrganizationId, 10_001, Large);
            Print("10 k accounts", small, "1 M accounts", await MeasureAsync(database, Large));
        }

        if (settings.Includes("growth-organizations"))
        {
            await ClearAsync(database);
            await Seed.AccountsAsync(database, database.OrganizationId, 1, 100);
            await Seed.OrganizationsAsync(database, database.OrganizationId, 9);
            var few = await MeasureOrganizationAsync(database);
            Console.Error.WriteLine("Seeding 10000 organizations");
            await Seed.OrganizationsAsync(database, database.OrganizationId, 9_990);
            Print("10 organizations", few, "10,000 organizations", await MeasureOrganizationAsync(database));
        }

        if (settings.Includes("search-1m"))
        {
            await ClearAsync(database);
            Console.Error.WriteLine($"Seeding {Large} companies and contacts");
            await Seed.CompaniesAsync(database, database.OrganizationId, Large);
            await Seed.ContactsAsync(database, database.OrganizationId, 1, Large, Large);
            await Seed.OrganizationsAsync(database, database.OrganizationId, 1, accounts: Large / 2);
            await MeasureSearchAsync(database);
        }
    }

    private static Task ClearAsync(BenchmarkDatabase database) => database.ExecuteAsync("truncate accounts, contacts cascade");

    /// <summary>Prints the times of two sizes and their ratios.</summary>
    public static void Print(
        string small, OrderedDictionary<string, double> before, string large, OrderedDictionary<string, double> after)
    {
        var table = new StringBuilder($"| request | {small}: p50 ms | {large}: p50 ms | ratio |\n|---|---|---|---|\n");
        foreach (var (name, time) in before)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {time:0.00} | {after[name]:0.00} | {after[name] / time:0.00} |");
        }

        Console.WriteLine(table);
    }

    /// <summary>Measures the organization of the database's key among others alike.</summary>
    public static async Task<OrderedDictionary<string, double>> MeasureOrganizationAsync(BenchmarkDatabase database)
    {
        await using var server = await HttpServer.StartAccountsAsync(database);
        var ids = await AccountIdsAsync(database);
        var number = 0;
        var round = Stopwatch.GetTimestamp();
        return new(StringComparer.Ordinal)
        {
            ["details"] = await TimeAsync(() => Requests.Get($"/v1/accounts/{ids[Random.Shared.Next(ids.Count)]}", database.Key)),
            ["list of 50"] = await TimeAsync(() => Requests.Get("/v1/accounts?limit=50", database.Key)),
            ["list of 50 by status"] = await TimeAsync(() => Requests.Get("/v1/accounts?limit=50&status=ACTIVE", database.Key)),
            ["search"] = await TimeAsync(() => Requests.Get("/v1/accounts?limit=50&search=account-7", database.Key)),
            ["create"] = await TimeAsync(() => Requests.Send(
                "POST",
                "/v1/accounts",
                database.Key,
                $$"""{"name":"New","primaryDomain":"new-{{round}}-{{Interlocked.Increment(ref number)}}.example"}""")),
        };

        async Task<double> TimeAsync(Func<ReadOnlyMemory<byte>> request)
        {
            await HttpLoad.RunSequentiallyAsync(server.Port, 10 * Warmups, request);
            return (await HttpLoad.RunSequentiallyAsync(server.Port, 1_000, request)).Percentile(50);
        }
    }

    private static async Task MeasureSearchAsync(BenchmarkDatabase database)
    {
        await using var server = await HttpServer.StartAccountsAsync(database);
        var names = await database.QueryAsync<string>(
            $"select lower(name) from accounts where organization_id = '{database.OrganizationId.ToGuid()}' order by random() limit 500");
        var emails = await database.QueryAsync<string>(
            $"select email from contacts where organization_id = '{database.OrganizationId.ToGuid()}' order by random() limit 500");
        var table = new StringBuilder("| search among 1 M | hits | p50 ms | p95 ms |\n|---|---|---|---|\n");
        await AddAsync("account, its name", () => Account(Any(names)));
        await AddAsync("account, one word of its name", () => Account(Any(names).Split(' ')[0]));
        await AddAsync("account, three letters of its name", () => Account(Any(names)[..3]));
        await AddAsync("account, misspelt name", () => Account(Misspell(Any(names))));
        await AddAsync("account, absent word", () => Account("zq" + Any(names)[..6]));
        await AddAsync("account, common word", () => Account("industries"));
        await AddAsync("account, two common letters", () => Account(Any(names)[..2]));
        await AddAsync("account, two absent letters", () => Account("zq"));
        await AddAsync("contact, email address", () => Contact(Any(emails)));
        await AddAsync("contact, absent email address", () => Contact("x" + Any(emails)));
        Console.WriteLine(table);

        async Task AddAsync(string name, Func<string> path)
        {
            await HttpLoad.RunSequentiallyAsync(server.Port, 20, () => Requests.Get(path(), database.Key));
            var load = await HttpLoad.RunSequentiallyAsync(server.Port, 200, () => Requests.Get(path(), database.Key));
            var hits = await HitsAsync(server.Port, database.Key, path());
            table.AppendLine(
                CultureInfo.InvariantCulture, $"| {name} | {hits} | {load.Percentile(50):0.00} | {load.Percentile(95):0.00} |");
        }

        static string Account(string term) => $"/v1/accounts?limit=50&search={Uri.EscapeDataString(term)}";

        static string Contact(string email) => $"/v1/accounts/contacts/search?email={Uri.EscapeDataString(email)}";

        static string Any(List<string> values) => values[Random.Shared.Next(values.Count)];

        static string Misspell(string name) => $"{name[..2]}{name[3]}{name[2]}{name[4..]}";
    }

    private static async Task<string> HitsAsync(int port, string key, string path)
    {
        using var client = CreateClient(port, key);
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative)));
        return answer.RootElement.GetArrayLength().ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<List<string>> AccountIdsAsync(BenchmarkDatabase database) =>
        (await database.QueryAsync<Guid>(
            $"select id from accounts where organization_id = '{database.OrganizationId.ToGuid()}' order by random() limit 1000"))
        .ConvertAll(id => new Ulid(id).ToString());

    private static async Task<OrderedDictionary<string, double>> MeasureAsync(BenchmarkDatabase database, int accounts)
    {
        Console.Error.WriteLine($"Measuring growth at {accounts}");
        await using var server = await HttpServer.StartAccountsAsync(database);
        var ids = await AccountIdsAsync(database);

        // The code of the reads is compiled while the server runs. Until that is done, whatever is measured first would look slow.
        await HttpLoad.RunSequentiallyAsync(
            server.Port, 10 * Warmups, () => Requests.Get("/v1/accounts?limit=50&sort=name", database.Key));
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
            await HttpLoad.RunSequentiallyAsync(server.Port, Warmups, () => Requests.Get(path(), database.Key));
            var load = await HttpLoad.RunSequentiallyAsync(server.Port, Warmups, () => Requests.Get(path(), database.Key));
            return load.Percentile(50);
        }
    }

    private static async Task<string> CursorAsync(int port, string key, string path)
    {
        using var client = CreateClient(port, key);
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        var next = response.Headers.GetValues("Link")
            .SelectMany(link => link.Split(", "))
            .First(link => link.Contains("\"next\"", StringComparison.Ordinal));
        return new Uri(next.Split('<', '>')[1]).PathAndQuery;
    }

    private static HttpClient CreateClient(int port, string key) => new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        DefaultRequestHeaders = { { "x-api-key", key } },
    };
}
