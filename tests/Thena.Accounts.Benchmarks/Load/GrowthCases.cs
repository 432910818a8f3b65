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
    private const int WarmupRequests = 500;
    private const int Rounds = 10;
    private const int RequestsPerRound = 50;

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
            await using var small = await database.CopyAsync("accounts_small");
            Console.Error.WriteLine($"Seeding {Large} accounts");
            await Seed.AccountsAsync(database, database.OrganizationId, 10_001, Large);
            await CompareAsync("10 k accounts", small, "1 M accounts", database, AccountRequestsAsync);
        }

        if (settings.Includes("growth-organizations"))
        {
            await ClearAsync(database);
            await Seed.AccountsAsync(database, database.OrganizationId, 1, 100);
            await Seed.OrganizationsAsync(database, database.OrganizationId, 9);
            await using var few = await database.CopyAsync("accounts_few");
            Console.Error.WriteLine("Seeding 10000 organizations");
            await Seed.OrganizationsAsync(database, database.OrganizationId, 9_990);
            await CompareOrganizationsAsync(few, database);
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

    /// <summary>Compares requests of one organization in a database of 10 organizations with those in one of 10,000.</summary>
    public static Task CompareOrganizationsAsync(BenchmarkDatabase few, BenchmarkDatabase many) =>
        CompareAsync("10 organizations", few, "10,000 organizations", many, OrganizationRequestsAsync);

    private static Task ClearAsync(BenchmarkDatabase database) =>
        database.ExecuteAsync("truncate accounts, account_update_times, contacts cascade");

    /// <summary>
    /// Times requests to two databases in turn, so that both have the same machine at the same time. Prints the times and their ratios.
    /// </summary>
    private static async Task CompareAsync(
        string small,
        BenchmarkDatabase before,
        string large,
        BenchmarkDatabase after,
        Func<BenchmarkDatabase, int, Task<OrderedDictionary<string, Func<ReadOnlyMemory<byte>>>>> createRequests)
    {
        Console.Error.WriteLine($"Comparing {small} and {large}");
        await after.ExecuteAsync("checkpoint");
        await using var smallServer = await HttpServer.StartAccountsAsync(before);
        await using var largeServer = await HttpServer.StartAccountsAsync(after);
        var smallRequests = await createRequests(before, smallServer.Port);
        var largeRequests = await createRequests(after, largeServer.Port);

        // The code of the reads is compiled while the servers run. Until that is done, whatever is measured first would look slow.
        foreach (var (name, request) in smallRequests)
        {
            await SendAsync(smallServer, request, WarmupRequests);
            await SendAsync(largeServer, largeRequests[name], WarmupRequests);
        }

        var table = new StringBuilder($"| request | {small}: p50 ms | {large}: p50 ms | ratio |\n|---|---|---|---|\n");
        foreach (var (name, request) in smallRequests)
        {
            List<double> smallTimes = [], largeTimes = [];
            for (var round = 0; round < Rounds; round++)
            {
                smallTimes.AddRange(await SendAsync(smallServer, request, RequestsPerRound));
                largeTimes.AddRange(await SendAsync(largeServer, largeRequests[name], RequestsPerRound));
            }

            var (smallTime, largeTime) = (Median(smallTimes), Median(largeTimes));
            table.AppendLine(
                CultureInfo.InvariantCulture, $"| {name} | {smallTime:0.00} | {largeTime:0.00} | {largeTime / smallTime:0.00} |");
        }

        Console.WriteLine(table);

        static async Task<IReadOnlyList<double>> SendAsync(HttpServer server, Func<ReadOnlyMemory<byte>> request, int count)
        {
            var load = await HttpLoad.RunSequentiallyAsync(server.Port, count, request);
            return load.Failures == 0 ? load.Milliseconds : throw new InvalidOperationException($"{load.Failures} requests failed.");
        }

        static double Median(List<double> times) => new LoadResult(times, Failures: 0, TimeSpan.Zero).Percentile(50);
    }

    private static async Task<OrderedDictionary<string, Func<ReadOnlyMemory<byte>>>> OrganizationRequestsAsync(
        BenchmarkDatabase database, int port)
    {
        var ids = await AccountIdsAsync(database);
        var round = Stopwatch.GetTimestamp();
        var number = 0;
        return new(StringComparer.Ordinal)
        {
            ["details"] = () => Requests.Get($"/v1/accounts/{ids[Random.Shared.Next(ids.Count)]}", database.Key),
            ["list of 50"] = () => Requests.Get("/v1/accounts?limit=50", database.Key),
            ["list of 50 by status"] = () => Requests.Get("/v1/accounts?limit=50&status=ACTIVE", database.Key),
            ["search"] = () => Requests.Get("/v1/accounts?limit=50&search=account-7", database.Key),
            ["create"] = () => Requests.Send(
                "POST",
                "/v1/accounts",
                database.Key,
                $$"""{"name":"New","primaryDomain":"new-{{round}}-{{Interlocked.Increment(ref number)}}.example"}"""),
        };
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

    private static async Task<OrderedDictionary<string, Func<ReadOnlyMemory<byte>>>> AccountRequestsAsync(
        BenchmarkDatabase database, int port)
    {
        var ids = await AccountIdsAsync(database);
        var requests = new OrderedDictionary<string, Func<ReadOnlyMemory<byte>>>(StringComparer.Ordinal)
        {
            ["details"] = () => Get($"/v1/accounts/{ids[Random.Shared.Next(ids.Count)]}"),
        };
        foreach (var (sort, order) in Sorts.SelectMany(_ => new[] { "DESC", "ASC" }, (sort, order) => (sort, order)))
        {
            var list = $"/v1/accounts?limit=50&sort={sort}&order={order}";
            requests[$"{sort} {order}, page 1"] = () => Get(list);
            var cursor = await CursorAsync(port, database.Key, $"{list}&page=190");
            requests[$"{sort} {order}, cursor far in"] = () => Get(cursor);
        }

        requests["status filter, page 1"] = () => Get("/v1/accounts?limit=50&status=ACTIVE");
        requests["offset page 100"] = () => Get("/v1/accounts?limit=50&page=100");
        requests["search, one hit"] = () => Get("/v1/accounts?limit=50&search=account-7777.");
        requests["search, many hits"] = () => Get("/v1/accounts?limit=50&search=example");
        requests["search, absent"] = () => Get("/v1/accounts?limit=50&search=nowhere");
        requests["search, two letters"] = () => Get("/v1/accounts?limit=50&search=77");
        return requests;

        ReadOnlyMemory<byte> Get(string path) => Requests.Get(path, database.Key);
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
