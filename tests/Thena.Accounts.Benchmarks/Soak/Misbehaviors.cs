using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Thena.Accounts.Benchmarks.Soak;

/// <summary>A way in which clients misbehave.</summary>
internal interface IMisbehavior
{
    /// <summary>What the clients do.</summary>
    string Name { get; }

    /// <summary>How many clients do it at once.</summary>
    int Clients { get; }

    /// <summary>How long a client waits before it does it again.</summary>
    TimeSpan Pause { get; }

    /// <summary>Does it once.</summary>
    /// <returns>How it ended: the status of the response, or what the client did.</returns>
    Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken);
}

/// <summary>Sends a read or a write and resets the connection while the server works on it.</summary>
internal sealed class CutsOffRequests : IMisbehavior
{
    private const int MaxMilliseconds = 8;

    private static int _count;

    public string Name => "cut off requests";

    public int Clients => 8;

    public TimeSpan Pause => TimeSpan.FromMilliseconds(200);

    public async Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        using var connection = await tenant.OpenAsync(cancellationToken);
        var request = Random.Shared.Next(2) == 0 ? tenant.Get("/v1/accounts?limit=50&search=account") : Create(tenant);
        await connection.SendAsync(request, cancellationToken);
        await Task.Delay(Random.Shared.Next(MaxMilliseconds), cancellationToken);
        connection.Reset();
        return "reset";
    }

    private static byte[] Create(MisbehavingTenant tenant)
    {
        var body = Encoding.ASCII.GetBytes($$"""{"name":"Cut","primaryDomain":"cut-{{Interlocked.Increment(ref _count)}}.example"}""");
        return [.. tenant.Post("/v1/accounts", "application/json", body.Length), .. body];
    }
}

/// <summary>Reads an export of 100,000 accounts at 2 KB a second.</summary>
internal sealed class ReadsExportsSlowly : IMisbehavior
{
    public string Name => "read exports slowly";

    public int Clients => 110;

    public TimeSpan Pause => TimeSpan.FromSeconds(2);

    public async Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        using var connection = await tenant.OpenAsync(cancellationToken);
        await connection.SendAsync(tenant.Get("/v1/accounts/export?kind=accounts"), cancellationToken);
        var status = await connection.ReadStatusAsync(cancellationToken);
        await connection.ReadSlowlyAsync(cancellationToken);
        return status;
    }
}

/// <summary>Asks for 20 lists in one go, and reads them at 2 KB a second.</summary>
internal sealed class ReadsListsSlowly : IMisbehavior
{
    private const int Lists = 20;

    public string Name => "read lists slowly";

    public int Clients => 20;

    public TimeSpan Pause => TimeSpan.FromSeconds(2);

    public async Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        using var connection = await tenant.OpenAsync(cancellationToken);
        var list = tenant.Get("/v1/accounts?limit=100");
        await connection.SendAsync(Enumerable.Repeat(list, Lists).SelectMany(bytes => bytes).ToArray(), cancellationToken);
        var status = await connection.ReadStatusAsync(cancellationToken);
        await connection.ReadSlowlyAsync(cancellationToken);
        return status;
    }
}

/// <summary>Sends an amount of 100,000 digits, in a body that is small enough to count as a light one.</summary>
internal sealed class SendsLongNumbers : IMisbehavior
{
    private static readonly string Body =
        $$"""{"name":"Long","primaryDomain":"long.example","annualRevenue":{{new string('7', 100_000)}}}""";

    public string Name => "send long numbers";

    public int Clients => 2;

    public TimeSpan Pause => TimeSpan.FromSeconds(1);

    public async Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        using var content = new StringContent(Body, Encoding.UTF8, "application/json");
        using var response = await tenant.Http.PostAsync("/v1/accounts", content, cancellationToken);
        return $"{(int)response.StatusCode}";
    }
}

/// <summary>Sends texts to a field whose pattern is short, but has an automaton with very many states.</summary>
internal sealed class MatchesCostlyPatterns : IMisbehavior
{
    private const string Pattern = "(?:.*a.{60}b.{60}|.*c.{60}d.{60}|zq)";
    private const int Values = 100;
    private const int Characters = 5_000;

    private string? _field;

    public string Name => "match costly patterns";

    public int Clients => 1;

    public TimeSpan Pause => TimeSpan.FromSeconds(1);

    public async Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        if (_field is null)
        {
            using var created = await tenant.Http.PostAsJsonAsync(
                "/v1/custom-field",
                new { name = "Costly", source = "account", fieldType = "regex", metadata = new { pattern = Pattern } },
                cancellationToken);
            if (!created.IsSuccessStatusCode)
            {
                return $"{(int)created.StatusCode} for the pattern";
            }

            var body = await created.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            _field = body.GetProperty("data").GetProperty("uid").GetString();
        }

        using var response = await tenant.Http.PostAsJsonAsync(
            "/v1/accounts/bulk", new { accounts = Enumerable.Range(0, Values).Select(Account) }, cancellationToken);
        return $"{(int)response.StatusCode}";
    }

    private object Account(int number) => new
    {
        name = "Costly",
        primaryDomain = string.Create(CultureInfo.InvariantCulture, $"costly-{number}.example"),
        customFieldValues = new[] { new { customFieldId = _field, data = Random.Shared.GetString("abcd", Characters) } },
    };
}

/// <summary>Sends all but the end of a body of 10 MB, and then only as much as keeps the connection open.</summary>
internal sealed class LeavesBodiesUnfinished : IMisbehavior
{
    private const int Bytes = 10 * 1_024 * 1_024;

    public string Name => "leave bodies unfinished";

    public int Clients => 40;

    public TimeSpan Pause => TimeSpan.FromSeconds(5);

    public Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken) =>
        UnfinishedBody.SendAsync(tenant, "/v1/accounts/bulk", "application/json", Bytes, cancellationToken);
}

/// <summary>Sends all but the end of an import of 100 MB, and then only as much as keeps the connection open.</summary>
internal sealed class LeavesImportsUnfinished : IMisbehavior
{
    private const int Bytes = 100 * 1_024 * 1_024;

    public string Name => "leave imports unfinished";

    public int Clients => 8;

    public TimeSpan Pause => TimeSpan.FromSeconds(5);

    public Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken) =>
        UnfinishedBody.SendAsync(tenant, "/v1/accounts/import", "text/csv", Bytes, cancellationToken);
}

/// <summary>A body whose end never comes.</summary>
internal static class UnfinishedBody
{
    private const int Missing = 64 * 1_024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Chunk = Encoding.ASCII.GetBytes(new string(' ', Missing));

    /// <summary>Sends the body until the server answers or the client gives up.</summary>
    public static async Task<string> SendAsync(
        MisbehavingTenant tenant, string path, string type, int length, CancellationToken cancellationToken)
    {
        using var connection = await tenant.OpenAsync(cancellationToken);
        var answer = connection.ReadStatusAsync(cancellationToken);
        await connection.SendAsync(tenant.Post(path, type, length), cancellationToken);
        for (var sent = 0; sent + Missing < length && !answer.IsCompleted; sent += Chunk.Length)
        {
            await connection.SendAsync(Chunk, cancellationToken);
        }

        var started = Stopwatch.GetTimestamp();
        while (!answer.IsCompleted && Stopwatch.GetElapsedTime(started) < Patience)
        {
            await connection.SendAsync(Chunk.AsMemory(0, 512), cancellationToken);
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken));
        }

        return answer.IsCompleted ? await answer : "left";
    }
}

/// <summary>Exports all accounts, as fast as the server can.</summary>
internal sealed class RunsExports : IMisbehavior
{
    public string Name => "run exports";

    public int Clients => 4;

    public TimeSpan Pause => TimeSpan.FromSeconds(1);

    public async Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        using var response = await tenant.Http.GetAsync(
            "/v1/accounts/export?kind=accounts", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
        return $"{(int)response.StatusCode}";
    }
}

/// <summary>Uses a new key for each request, and none of them is right.</summary>
internal sealed class UsesWrongKeys : IMisbehavior
{
    public string Name => "use wrong keys";

    public int Clients => 4;

    public TimeSpan Pause => TimeSpan.FromMilliseconds(20);

    public async Task<string> ActAsync(MisbehavingTenant tenant, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/accounts");
        request.Headers.Add("x-api-key", $"thena_{Random.Shared.GetHexString(64, lowercase: true)}");
        using var response = await tenant.HttpWithoutKey.SendAsync(request, cancellationToken);
        return $"{(int)response.StatusCode}";
    }
}
