using System.Globalization;
using System.Text;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>
/// Reads under load, each on three sides in turn: the server; pgbench with the statements that the server sends; and the bare endpoint with
/// the same statements.
/// </summary>
internal static class ReadCases
{
    private static readonly (string Name, string Path)[] Cases =
    [
        ("get", "/v1/accounts/{id}"),
        ("list50", "/v1/accounts?limit=50"),
        ("list50-status", "/v1/accounts?limit=50&status=ACTIVE"),
        ("list50-search", "/v1/accounts?limit=50&search=account-777"),
    ];

    /// <summary>The names of the cases.</summary>
    public static IEnumerable<string> Names => Cases.Select(item => item.Name);

    /// <summary>Runs the cases and adds a row for each.</summary>
    public static async Task RunAsync(BenchmarkDatabase database, LoadSettings settings, StringBuilder table)
    {
        if (!Cases.Any(item => settings.Includes(item.Name)))
        {
            return;
        }

        var ids = await database.ReadAccountIdsAsync("order by random() limit 10000");
        await using var server = await HttpServer.StartAccountsAsync(database);
        foreach (var (name, path) in Cases.Where(item => settings.Includes(item.Name)))
        {
            await MeasureAsync(name, path, ids, database, server, settings, table);
        }
    }

    private static async Task MeasureAsync(
        string name,
        string path,
        List<string> ids,
        BenchmarkDatabase database,
        HttpServer server,
        LoadSettings settings,
        StringBuilder table)
    {
        Console.Error.WriteLine($"Measuring {name}");
        var requests = ids.ConvertAll(id => Requests.Get(path.Replace("{id}", id, StringComparison.Ordinal), database.Key));
        ReadOnlyMemory<byte> Next() => requests[Random.Shared.Next(requests.Count)];
        await HttpLoad.WarmUpAsync(server.Port, settings.Connections, Next);
        var captured = await database.CaptureAsync(() => HttpLoad.RunSequentiallyAsync(server.Port, 1, () => requests[0]));
        if (captured is [])
        {
            throw new InvalidOperationException("The log of PostgreSQL shows no statement.");
        }

        foreach (var statement in captured)
        {
            await Console.Error.WriteLineAsync($"{statement.Sql}\n-- {string.Join(", ", statement.Parameters)}");
        }

        // In a transaction, as some settings are for the next statement alone.
        var script = string.Concat(captured.Select(ToScript));
        if (captured.Count > 1)
        {
            script = $"begin;\n{script}end;\n";
        }

        var variables = captured
            .SelectMany((statement, number) => statement.Parameters.Select(
                (value, index) => KeyValuePair.Create(Variable(number, index), value ?? "")))
            .ToDictionary(StringComparer.Ordinal);
        await using var bare = await HttpServer.StartBareAsync(database, captured);
        await HttpLoad.WarmUpAsync(bare.Port, settings.Connections, Next);

        List<Measurement> rounds = [];
        for (var round = 0; round < settings.Rounds; round++)
        {
            var measured = await Measurement.TakeAsync(server, database, settings.Connections, settings.Seconds, Next);
            var pgbench = await database.PgBenchAsync(script, variables, settings.Connections, settings.Seconds);
            var bareLoad = await HttpLoad.RunAsync(bare.Port, settings.Connections, TimeSpan.FromSeconds(settings.Seconds), Next);
            if (bareLoad.Failures > 0)
            {
                throw new InvalidOperationException($"{bareLoad.Failures} requests failed.");
            }

            rounds.Add(measured with { PgBench = pgbench, Bare = bareLoad.PerSecond });
        }

        Measurement.AddRow(table, name, rounds);
    }

    /// <summary>Writes a statement for pgbench, with variables for its parameters.</summary>
    private static string ToScript(Statement statement, int number) => statement.Parameters.Select((_, index) => index).Reverse().Aggregate(
        statement.Sql,
        (sql, index) => sql.Replace(
            string.Create(CultureInfo.InvariantCulture, $"${index + 1}"), $":{Variable(number, index)}", StringComparison.Ordinal)) + ";\n";

    private static string Variable(int number, int index) => string.Create(CultureInfo.InvariantCulture, $"p{number}_{index + 1}");
}

/// <summary>One round of a case.</summary>
internal sealed record Measurement(LoadResult Load, TimeSpan ServerCpu, TimeSpan DatabaseCpu, long ResidentBytes)
{
    /// <summary>What pgbench reached per second in the same round, if it ran.</summary>
    public double? PgBench { get; init; }

    /// <summary>What the bare endpoint reached per second in the same round, if it ran.</summary>
    public double? Bare { get; init; }

    /// <summary>Loads a server for a while.</summary>
    /// <exception cref="InvalidOperationException">A request failed.</exception>
    public static async Task<Measurement> TakeAsync(
        HttpServer server, BenchmarkDatabase database, int connections, int seconds, Func<ReadOnlyMemory<byte>> nextRequest)
    {
        var (cpu, databaseCpu) = (server.CpuTime, database.CpuTime());
        var load = await HttpLoad.RunAsync(server.Port, connections, TimeSpan.FromSeconds(seconds), nextRequest);
        return load.Failures == 0
            ? new Measurement(load, server.CpuTime - cpu, database.CpuTime() - databaseCpu, server.ResidentBytes)
            : throw new InvalidOperationException($"{load.Failures} requests failed.");
    }

    /// <summary>The median of rounds by requests per second.</summary>
    public static Measurement Median(IReadOnlyCollection<Measurement> rounds) =>
        rounds.OrderBy(round => round.Load.PerSecond).ElementAt(rounds.Count / 2);

    /// <summary>Adds the row of a case: the median of its rounds by requests per second.</summary>
    public static void AddRow(StringBuilder table, string name, IReadOnlyCollection<Measurement> rounds)
    {
        var median = Median(rounds);
        var pgbench = Median(rounds.Select(round => round.PgBench));
        var bare = Median(rounds.Select(round => round.Bare));
        var count = median.Load.Milliseconds.Count;
        var load = median.Load;
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {load.PerSecond:0} ")
            .Append(CultureInfo.InvariantCulture, $"| {pgbench:0} | {load.PerSecond / pgbench:0.00} ")
            .Append(CultureInfo.InvariantCulture, $"| {bare:0} | {load.PerSecond / bare:0.00} ")
            .Append(CultureInfo.InvariantCulture, $"| {load.Percentile(50):0.0} | {load.Percentile(95):0.0} | {load.Percentile(99):0.0} ")
            .Append(CultureInfo.InvariantCulture, $"| {median.ServerCpu.TotalMilliseconds / count:0.000} ")
            .Append(CultureInfo.InvariantCulture, $"| {median.DatabaseCpu.TotalMilliseconds / count:0.000} ")
            .AppendLine(CultureInfo.InvariantCulture, $"| {median.ResidentBytes / 1048576} |");
    }

    private static double? Median(IEnumerable<double?> values)
    {
        var sorted = values.OfType<double>().Order().ToList();
        return sorted.Count == 0 ? null : sorted[sorted.Count / 2];
    }
}

/// <summary>Makes HTTP requests as bytes.</summary>
internal static class Requests
{
    /// <summary>A GET.</summary>
    public static ReadOnlyMemory<byte> Get(string path, string key) =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {key}\r\n\r\n");

    /// <summary>A request with a JSON body.</summary>
    public static ReadOnlyMemory<byte> Send(string method, string path, string key, string body)
    {
        var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nx-api-key: {key}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}");
    }
}
