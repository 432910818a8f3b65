using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Thena.Accounts.Benchmarks.Load;

namespace Thena.Accounts.Benchmarks.Soak;

/// <summary>Clients that do what clients do, below the limit of requests: mostly reads, some searches and writes, with pauses.</summary>
internal sealed class NormalClients
{
    private const int Clients = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly List<string> _ids;
    private int _created;

    private NormalClients(HttpClient http, List<string> ids) => (_http, _ids) = (http, ids);

    /// <summary>Creates the clients of the organization of a database.</summary>
    public static async Task<NormalClients> CreateAsync(int port, BenchmarkDatabase database)
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };
        http.DefaultRequestHeaders.Add("x-api-key", database.Key);
        var ids = await database.QueryAsync<Guid>(
            $"select id from accounts where organization_id = '{database.OrganizationId.ToGuid()}' order by random() limit 5000");
        return new NormalClients(http, ids.ConvertAll(id => new Ulid(id).ToString()));
    }

    /// <summary>Sends requests for a while.</summary>
    public async Task<NormalResult> RunAsync(TimeSpan duration)
    {
        ConcurrentQueue<double> milliseconds = [];
        ConcurrentDictionary<string, int> failures = new(StringComparer.Ordinal);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => RunClientAsync()));
        return new NormalResult(
            new LoadResult([.. milliseconds], failures.Values.Sum(), Stopwatch.GetElapsedTime(started)), failures);

        async Task RunClientAsync()
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                var failure = await SendAsync();
                milliseconds.Enqueue(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (failure is not null)
                {
                    failures.AddOrUpdate(failure, 1, (_, count) => count + 1);
                }

                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Sends one request.</summary>
    /// <returns>What went wrong: a status other than 2xx, or no response.</returns>
    private async Task<string?> SendAsync()
    {
        using var request = Next();
        try
        {
            using var response = await _http.SendAsync(request);
            return response.IsSuccessStatusCode ? null : $"{(int)response.StatusCode}";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            return "no response";
        }
    }

    private HttpRequestMessage Next() => Random.Shared.Next(100) switch
    {
        < 60 => new HttpRequestMessage(HttpMethod.Get, $"/v1/accounts/{AnyId()}"),
        < 75 => new HttpRequestMessage(HttpMethod.Get, "/v1/accounts?limit=50&status=ACTIVE"),
        < 80 => new HttpRequestMessage(HttpMethod.Get, $"/v1/accounts?search=account-{Random.Shared.Next(100, 999)}"),
        < 90 => Write(HttpMethod.Post, "/v1/accounts", NewAccount(Interlocked.Increment(ref _created))),
        _ => Write(HttpMethod.Put, $"/v1/accounts/{AnyId()}", $$"""{"employees":{{Random.Shared.Next(1_000_000)}}}"""),
    };

    private string AnyId() => _ids[Random.Shared.Next(_ids.Count)];

    private static string NewAccount(int number) =>
        $$"""{"name":"Acme {{number}}","primaryDomain":"created-{{number}}.example","status":"ACTIVE","industry":"Retail"}""";

    private static HttpRequestMessage Write(HttpMethod method, string path, string json) =>
        new(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}

/// <summary>What normal clients have met.</summary>
/// <param name="Load">The times of their requests.</param>
/// <param name="Failures">The number of responses other than 2xx by status, and of requests without a response.</param>
internal sealed record NormalResult(LoadResult Load, IReadOnlyDictionary<string, int> Failures)
{
    /// <summary>The number of requests that the server failed: those with a 5xx, or without a response.</summary>
    public int ServerFailures => Failures
        .Where(failure => failure.Key[0] == '5' || !char.IsAsciiDigit(failure.Key[0]))
        .Sum(failure => failure.Value);
}
