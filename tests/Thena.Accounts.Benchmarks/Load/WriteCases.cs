using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>
/// Writes. Single records run under load beside pgbench with the same insert or update. Sets of 5,000 run one after the other, beside psql
/// with the same statements.
/// </summary>
internal static partial class WriteCases
{
    private const int SetSize = 5_000;

    private static int _count;

    /// <summary>The names of the cases.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [
            "create", "update", "update-text", "bulk5000", "contacts-bulk5000", "ingest-new5000", "ingest-known5000", "ingest-12-at-once",
            "wrong-bulk-8-at-once", "mixed", "memory", "start",
        ];

    /// <summary>Runs the cases and adds a row for each.</summary>
    public static async Task RunAsync(BenchmarkDatabase database, LoadSettings settings, StringBuilder table)
    {
        if (!Names.Any(settings.Includes))
        {
            return;
        }

        await using var server = await HttpServer.StartAccountsAsync(database);
        var idle = server.ResidentBytes;
        var ids = await database.ReadAccountIdsAsync("order by random() limit 10000");
        if (settings.Includes("create"))
        {
            await MeasureLoadAsync(
                "create", () => Create(database), database, server, settings, table,
                (value, literal) => FreshInsert(value, literal, database));
        }

        if (settings.Includes("update"))
        {
            await MeasureLoadAsync(
                "update", () => Update(database, ids[Random.Shared.Next(ids.Count)]), database, server, settings, table, (_, literal) => literal);
        }

        if (settings.Includes("update-text"))
        {
            await MeasureLoadAsync(
                "update-text", () => UpdateText(database, ids[Random.Shared.Next(ids.Count)]), database, server, settings, table,
                (_, literal) => literal);
        }

        foreach (var (name, path, body) in Sets().Where(set => settings.Includes(set.Name)))
        {
            await MeasureSetAsync(name, path, body, database, server, settings, table);
        }

        if (settings.Includes("ingest-12-at-once"))
        {
            await MeasureConcurrentIngestsAsync(database, server);
        }

        if (settings.Includes("wrong-bulk-8-at-once"))
        {
            await MeasureWrongBulksAsync(database, server);
        }

        if (settings.Includes("mixed"))
        {
            await MeasureMixedAsync(ids, database, server, settings, table);
        }

        if (settings.Includes("memory") || settings.Includes("start"))
        {
            Console.WriteLine(
                $"Ready after {server.StartTime.TotalMilliseconds:0} ms; resident memory {idle / 1048576} MB idle, "
                + $"{server.ResidentBytes / 1048576} MB after all cases.\n");
        }
    }

    private static IEnumerable<(string Name, string Path, Func<int, string> Body)> Sets()
    {
        yield return ("bulk5000", "/v1/accounts/bulk", run => JsonSerializer.Serialize(new
        {
            accounts = Enumerable.Range(0, SetSize).Select(index => new
            {
                name = $"Bulk {index}",
                primaryDomain = $"bulk{run}-{index}.example",
                status = "ACTIVE",
                industry = "Retail",
                employees = index,
            }),
        }));
        yield return ("contacts-bulk5000", "/v1/accounts/contacts/bulk", run => JsonSerializer.Serialize(new
        {
            contacts = Enumerable.Range(0, SetSize).Select(index => new
            {
                firstName = $"First{index}",
                lastName = $"Last{index}",
                email = $"bulk{run}-{index}@people.example",
            }),
        }));
        yield return ("ingest-new5000", "/v1/accounts/contacts/ingest", run => Ingest($"new{run}", $"ingest{run}"));
        yield return ("ingest-known5000", "/v1/accounts/contacts/ingest", _ => Ingest("known", "known"));
    }

    private static string Ingest(string person, string company) => JsonSerializer.Serialize(new
    {
        sinkSource = "SLACK",
        users = Enumerable.Range(0, SetSize).Select(index => new
        {
            firstName = $"First{index}",
            lastName = $"Last{index}",
            email = $"{person}-{index}@{company}-{index % 500}.example",
        }),
    });

    private static ReadOnlyMemory<byte> Create(BenchmarkDatabase database)
    {
        var number = Interlocked.Increment(ref _count);
        return Requests.Send(
            "POST", "/v1/accounts", database.Key,
            $$"""{"name":"Acme {{number}}","primaryDomain":"created-{{number}}.example","status":"ACTIVE","industry":"Retail","employees":120}""");
    }

    private static ReadOnlyMemory<byte> Update(BenchmarkDatabase database, string id) => Requests.Send(
        "PUT", $"/v1/accounts/{id}", database.Key,
        $$"""{"employees":{{Random.Shared.Next(1_000_000)}},"description":"Changed"}""");

    /// <summary>Changes what is in no index.</summary>
    private static ReadOnlyMemory<byte> UpdateText(BenchmarkDatabase database, string id) => Requests.Send(
        "PUT", $"/v1/accounts/{id}", database.Key, $$"""{"description":"Changed {{Random.Shared.Next(1_000_000)}}"}""");

    /// <summary>Makes the IDs and the unique texts of a captured insert new ones on each execution.</summary>
    private static string FreshInsert(string? value, string literal, BenchmarkDatabase database) =>
        Guid.TryParse(value, out var id) && IsNew(id, database) ? "gen_random_uuid()"
        : value?.Contains("created-", StringComparison.Ordinal) == true ? "md5(random()::text)"
        : literal;

    /// <summary>Whether an ID was made by a captured request.</summary>
    private static bool IsNew(Guid id, BenchmarkDatabase database) =>
        new Ulid(id).Time is var time && time >= database.CaptureStarted && time <= database.CaptureStarted.AddMinutes(1);

    private static async Task MeasureLoadAsync(
        string name,
        Func<ReadOnlyMemory<byte>> next,
        BenchmarkDatabase database,
        HttpServer server,
        LoadSettings settings,
        StringBuilder table,
        Func<string?, string, string> change)
    {
        Console.Error.WriteLine($"Measuring {name}");
        await HttpLoad.WarmUpAsync(server.Port, settings.Connections, next);
        var captured = await database.CaptureAsync(() => HttpLoad.RunSequentiallyAsync(server.Port, 1, next));
        var write = captured.First(statement =>
            statement.Sql.StartsWith("insert", StringComparison.OrdinalIgnoreCase)
            || statement.Sql.StartsWith("update", StringComparison.OrdinalIgnoreCase));
        var script = write.ToSql(change) + ";\n";
        List<Measurement> rounds = [];
        for (var round = 0; round < settings.Rounds; round++)
        {
            var measured = await Measurement.TakeAsync(server, database, settings.Connections, settings.Seconds, next);
            var pgbench = await database.PgBenchAsync(
                script, new Dictionary<string, string>(StringComparer.Ordinal), settings.Connections, settings.Seconds);
            rounds.Add(measured with { PgBench = pgbench });
        }

        Measurement.AddRow(table, name, rounds);
    }

    private static async Task MeasureSetAsync(
        string name,
        string path,
        Func<int, string> body,
        BenchmarkDatabase database,
        HttpServer server,
        LoadSettings settings,
        StringBuilder table)
    {
        Console.Error.WriteLine($"Measuring {name}");
        var run = 0;
        ReadOnlyMemory<byte> Next() => Requests.Send("POST", path, database.Key, body(Interlocked.Increment(ref run)));
        await HttpLoad.RunSequentiallyAsync(server.Port, 3, Next);
        var captured = await database.CaptureAsync(() => HttpLoad.RunSequentiallyAsync(server.Port, 1, Next));
        var marker = run;
        List<double> perSecond = [];
        List<double> psqlPerSecond = [];
        var (cpu, databaseCpu) = (server.CpuTime, database.CpuTime());
        var count = settings.Rounds * 2;
        for (var round = 0; round < count; round++)
        {
            var load = await HttpLoad.RunSequentiallyAsync(server.Port, 1, Next);
            perSecond.Add(SetSize * load.PerSecond);
            if (load.Failures > 0)
            {
                throw new InvalidOperationException("The request failed.");
            }
        }

        var (cpuAfter, databaseCpuAfter) = (server.CpuTime, database.CpuTime());
        for (var round = 0; round < count; round++)
        {
            var script = string.Concat(
                captured.Select(statement => statement.ToSql((_, literal) => Renew(literal, marker, round, database)) + ";\n"));
            if (await database.PsqlAsync(script) is { } elapsed)
            {
                psqlPerSecond.Add(SetSize / elapsed.TotalSeconds);
            }
        }

        perSecond.Sort();
        psqlPerSecond.Sort();
        double? psql = psqlPerSecond.Count > 0 ? psqlPerSecond[psqlPerSecond.Count / 2] : null;
        var median = perSecond[perSecond.Count / 2];
        table.Append(CultureInfo.InvariantCulture, $"| {name} (rows) | {median:0} | {psql:0} (psql) | {median / psql:0.00} | – | – ")
            .Append(CultureInfo.InvariantCulture, $"| {SetSize * 1000 / median:0} | – | – ")
            .Append(CultureInfo.InvariantCulture, $"| {(cpuAfter - cpu).TotalMilliseconds / count:0} ")
            .Append(CultureInfo.InvariantCulture, $"| {(databaseCpuAfter - databaseCpu).TotalMilliseconds / count:0} ")
            .AppendLine(CultureInfo.InvariantCulture, $"| {server.ResidentBytes / 1048576} |");
    }

    /// <summary>Makes the new IDs and the unique texts of a captured set those of another run. Equal IDs stay equal.</summary>
    private static string Renew(string literal, int run, int round, BenchmarkDatabase database)
    {
        var number = run.ToString(CultureInfo.InvariantCulture);
        var tag = string.Create(CultureInfo.InvariantCulture, $"psql{round}");
        var group = (0xa000 + round).ToString("x4", CultureInfo.InvariantCulture);
        return Uuid().Replace(literal, match => IsNew(Guid.Parse(match.ValueSpan), database)
                ? string.Concat(match.ValueSpan[..14], group, match.ValueSpan[18..])
                : match.Value)
            .Replace($"bulk{number}-", $"bulk{tag}-", StringComparison.Ordinal)
            .Replace($"new{number}-", $"new{tag}-", StringComparison.Ordinal)
            .Replace($"ingest{number}-", $"ingest{tag}-", StringComparison.Ordinal);
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Uuid();

    private static async Task MeasureConcurrentIngestsAsync(BenchmarkDatabase database, HttpServer server)
    {
        Console.Error.WriteLine("Measuring ingest-12-at-once");
        ReadOnlyMemory<byte> Body(string tag) =>
            Requests.Send("POST", "/v1/accounts/contacts/ingest", database.Key, Ingest(tag, tag));
        var alone = await HttpLoad.RunSequentiallyAsync(server.Port, 1, () => Body("alone0"));
        alone = await HttpLoad.RunSequentiallyAsync(server.Port, 1, () => Body("alone1"));
        var started = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(index => Task.Run(
            () => HttpLoad.RunSequentiallyAsync(server.Port, 1, () => Body(index < 4 ? "same" : $"other{index}")))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(
            $"12 ingests of {SetSize} at once, 4 of them the same: {elapsed.TotalSeconds:0.0} s, "
            + $"{elapsed / (12 * alone.Elapsed):0.00} × twelve times one alone ({alone.Elapsed.TotalSeconds:0.0} s), "
            + $"{results.Sum(result => result.Failures)} failed, {server.ResidentBytes / 1048576} MB.\n");
    }

    private static async Task MeasureWrongBulksAsync(BenchmarkDatabase database, HttpServer server)
    {
        Console.Error.WriteLine("Measuring wrong-bulk-8-at-once");
        var item = new { name = 5, primaryDomain = "none", website = "ftp://x", employees = -1 };
        var body = Requests.Send(
            "POST", "/v1/accounts/bulk", database.Key, JsonSerializer.Serialize(new { accounts = Enumerable.Repeat(item, SetSize) }));
        var alone = await HttpLoad.RunSequentiallyAsync(server.Port, 1, () => body);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HttpLoad.RunSequentiallyAsync(server.Port, 1, () => body)));
        Console.WriteLine(
            $"8 bulks of {SetSize} wrong accounts at once: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s; "
            + $"one alone: {alone.Elapsed.TotalSeconds:0.0} s; {server.ResidentBytes / 1048576} MB.\n");
    }

    private static async Task MeasureMixedAsync(
        List<string> ids, BenchmarkDatabase database, HttpServer server, LoadSettings settings, StringBuilder table)
    {
        Console.Error.WriteLine("Measuring mixed");
        ReadOnlyMemory<byte> Next() => Random.Shared.Next(100) switch
        {
            < 60 => Requests.Get($"/v1/accounts/{ids[Random.Shared.Next(ids.Count)]}", database.Key),
            < 75 => Requests.Get("/v1/accounts?limit=50&status=ACTIVE", database.Key),
            < 80 => Requests.Get($"/v1/accounts?search=account-{Random.Shared.Next(100, 999)}", database.Key),
            < 90 => Create(database),
            _ => Update(database, ids[Random.Shared.Next(ids.Count)]),
        };
        await HttpLoad.RunAsync(server.Port, settings.Connections, TimeSpan.FromSeconds(settings.Seconds), Next);
        Measurement.AddRow(
            table, "mixed", [await Measurement.TakeAsync(server, database, settings.Connections, settings.Seconds, Next)]);
    }
}
