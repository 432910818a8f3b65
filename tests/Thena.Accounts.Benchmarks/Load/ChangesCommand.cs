using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>
/// Measures what the record of changes costs and brings, in one run: writes with and without it, in turn; the speed of the feed; and the
/// time from a response to the delivery of its event.
/// </summary>
internal static class ChangesCommand
{
    private const int Accounts = 30_000;
    private const int Connections = 16;
    private const int SetSize = 5_000;
    private const int Sets = 4;
    private const int Rounds = 3;
    private const int Deliveries = 200;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    private static int _count;

    /// <summary>Runs the measurements and prints them.</summary>
    public static async Task<int> RunAsync()
    {
        await using var database = await BenchmarkDatabase.StartAsync();
        await Seed.AccountsAsync(database, database.OrganizationId, 1, Accounts);
        var ids = await database.ReadAccountIdsAsync("order by random() limit 10000");
        await using var with = await HttpServer.StartAccountsAsync(database, settings: new()
        {
            ["Webhooks__AllowHttp"] = "true",
            ["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8",
        });
        await using var without = await HttpServer.StartAccountsAsync(database, settings: new() { ["Changes__Enabled"] = "false" });
        Console.WriteLine("| case | without changes | with changes | ratio |\n|---|---|---|---|");
        await CompareAsync("create, requests/s", with, without, () => Create(database));
        await CompareAsync("update, requests/s", with, without, () => Update(database, ids));
        await CompareSetsAsync(database, with, without);
        await MeasureFeedAsync(database, with);
        await MeasureDeliveriesAsync(database, with);
        return 0;
    }

    private static async Task CompareAsync(string name, HttpServer with, HttpServer without, Func<ReadOnlyMemory<byte>> next)
    {
        await HttpLoad.WarmUpAsync(with.Port, Connections, next);
        await HttpLoad.WarmUpAsync(without.Port, Connections, next);
        List<double> plain = [], now = [];
        for (var round = 0; round < Rounds; round++)
        {
            plain.Add((await HttpLoad.RunAsync(without.Port, Connections, Duration, next)).PerSecond);
            now.Add((await HttpLoad.RunAsync(with.Port, Connections, Duration, next)).PerSecond);
        }

        Print(name, Median(plain), Median(now));
    }

    private static async Task CompareSetsAsync(BenchmarkDatabase database, HttpServer with, HttpServer without)
    {
        ReadOnlyMemory<byte> Next() => Bulk(database);
        await HttpLoad.RunSequentiallyAsync(with.Port, Sets, Next);
        await HttpLoad.RunSequentiallyAsync(without.Port, Sets, Next);
        List<double> plain = [], now = [];
        for (var round = 0; round < Rounds; round++)
        {
            plain.Add((await HttpLoad.RunSequentiallyAsync(without.Port, Sets, Next)).PerSecond * SetSize);
            now.Add((await HttpLoad.RunSequentiallyAsync(with.Port, Sets, Next)).PerSecond * SetSize);
        }

        Print("bulk of 5,000, rows/s", Median(plain), Median(now));
    }

    /// <summary>Follows the feed from its start with four readers, by the largest pages.</summary>
    private static async Task MeasureFeedAsync(BenchmarkDatabase database, HttpServer server)
    {
        using var http = ClientOf(database, server);
        await ReadAllAsync(http);
        var started = Stopwatch.GetTimestamp();
        var one = await ReadAllAsync(http);
        var alone = one / Stopwatch.GetElapsedTime(started).TotalSeconds;
        started = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAllAsync(http)));
        var together = all.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nFeed of {one} events, 1,000 a page: {alone:0} events/s for one reader, {together:0} for four."));
    }

    private static async Task<int> ReadAllAsync(HttpClient http)
    {
        var (count, cursor) = (0, "");
        while (true)
        {
            using var stream = await http.GetStreamAsync($"/v1/accounts/events?limit=1000{cursor}");
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);

            // The end of the page, so that the client costs little: ...],"nextCursor":"…","hasMore":true}
            var text = Encoding.UTF8.GetString(bytes.GetBuffer(), (int)Math.Max(0, bytes.Length - 300), (int)Math.Min(300, bytes.Length));
            var end = text[(text.LastIndexOf("\"nextCursor\":\"", StringComparison.Ordinal) + 14)..];
            cursor = $"&after={end[..end.IndexOf('"', StringComparison.Ordinal)]}";
            if (!end.EndsWith("\"hasMore\":true}", StringComparison.Ordinal))
            {
                return count;
            }

            count += 1_000;
        }
    }

    /// <summary>Creates accounts one after the other, and notes when a receiver gets the event of each.</summary>
    private static async Task MeasureDeliveriesAsync(BenchmarkDatabase database, HttpServer server)
    {
        ConcurrentDictionary<string, long> received = new(StringComparer.Ordinal);
        await using var receiver = StartReceiver(received);
        await receiver.StartAsync();
        using var http = ClientOf(database, server);
        using var created = await http.PostAsJsonAsync(
            "/v1/accounts/webhooks", new { url = receiver.Urls.First(), eventTypes = new[] { "account:created" } });
        created.EnsureSuccessStatusCode();
        List<(string Id, long At)> answered = [];
        for (var index = 0; index < Deliveries; index++)
        {
            using var response = await http.PostAsJsonAsync("/v1/accounts", new { name = "Sent", primaryDomain = $"sent{index}.example" });
            var account = await response.Content.ReadFromJsonAsync<JsonElement>();
            answered.Add((account.GetProperty("id").GetString()!, Stopwatch.GetTimestamp()));
            await Task.Delay(20);
        }

        while (received.Count < Deliveries)
        {
            await Task.Delay(100);
        }

        var times = answered
            .ConvertAll(one => Math.Max(0, Stopwatch.GetElapsedTime(one.At, received[one.Id]).TotalMilliseconds))
            .Order()
            .ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nDelivery after the response: p50 {times[times.Count / 2]:0.0} ms, p95 {times[times.Count * 95 / 100]:0.0} ms."));
    }

    private static WebApplication StartReceiver(ConcurrentDictionary<string, long> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/", async (HttpRequest request) =>
        {
            var at = Stopwatch.GetTimestamp();
            var body = await request.ReadFromJsonAsync<JsonElement>();
            received[body.GetProperty("payload").GetProperty("account").GetProperty("id").GetString()!] = at;
        });
        return app;
    }

    private static HttpClient ClientOf(BenchmarkDatabase database, HttpServer server)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        http.DefaultRequestHeaders.Add("x-api-key", database.Key);
        return http;
    }

    private static ReadOnlyMemory<byte> Create(BenchmarkDatabase database) => Requests.Send(
        "POST",
        "/v1/accounts",
        database.Key,
        $$"""
        {"name":"Acme","primaryDomain":"changes-{{Interlocked.Increment(ref _count)}}.example","status":"ACTIVE","industry":"Retail"}
        """);

    private static ReadOnlyMemory<byte> Update(BenchmarkDatabase database, List<string> ids) => Requests.Send(
        "PUT",
        $"/v1/accounts/{ids[Random.Shared.Next(ids.Count)]}",
        database.Key,
        $$"""{"description":"{{Interlocked.Increment(ref _count)}}"}""");

    private static ReadOnlyMemory<byte> Bulk(BenchmarkDatabase database)
    {
        var run = Interlocked.Increment(ref _count);
        var accounts = Enumerable.Range(0, SetSize).Select(index => new
        {
            name = $"Bulk {index}",
            primaryDomain = $"changes{run}-{index}.example",
            status = "ACTIVE",
            industry = "Retail",
            employees = index,
        });
        return Requests.Send("POST", "/v1/accounts/bulk", database.Key, JsonSerializer.Serialize(new { accounts }));
    }

    private static void Print(string name, double without, double with) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {without:0} | {with:0} | {without / with:0.00} |"));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
