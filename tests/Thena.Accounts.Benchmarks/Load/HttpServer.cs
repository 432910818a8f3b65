using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Thena.Accounts.Benchmarks.Load;

/// <summary>A server under load, in a process of its own: Thena.Accounts, or the bare endpoint.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    /// <summary>The program of the server.</summary>
    public static readonly string AccountsProgram = Environment.GetEnvironmentVariable("THENA_ACCOUNTS_SERVER")
        ?? Path.Combine(AppContext.BaseDirectory, "Thena.Accounts.Api.dll");

    private readonly Process _process;

    private HttpServer(Process process, int port, TimeSpan startTime) => (_process, Port, StartTime) = (process, port, startTime);

    /// <summary>The port on this machine.</summary>
    public int Port { get; }

    /// <summary>The time from the start of the process to the first response.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>The CPU time that the process has used.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The resident memory, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>
    /// Starts Thena.Accounts as in production, without a limit of requests. <c>THENA_ACCOUNTS_SERVER</c> can name a program to start, such
    /// as the output of <c>dotnet publish</c>. Otherwise it is the one that was built with the benchmarks.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="hosts">The hosts to connect to, if they are not those of the database's connection string.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="program">The program, if it is another one.</param>
    public static Task<HttpServer> StartAccountsAsync(
        BenchmarkDatabase database,
        string? hosts = null,
        Dictionary<string, string>? settings = null,
        string? program = null) => StartAsync(
        program ?? AccountsProgram,
        [],
        new Dictionary<string, string>(settings ?? [], StringComparer.Ordinal)
        {
            ["ConnectionStrings__Accounts"] = hosts is null
                ? database.ConnectionString
                : new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = hosts, LoadBalanceHosts = true }.ConnectionString,
            ["RateLimit__RequestsPerMinute"] = "2000000000",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        });

    /// <summary>Starts Thena.Accounts as in production, with its default limits.</summary>
    /// <param name="database">The database.</param>
    /// <param name="readLogLine">Receives each line of its log.</param>
    public static Task<HttpServer> StartWithDefaultLimitsAsync(BenchmarkDatabase database, Action<string> readLogLine) => StartAsync(
        AccountsProgram,
        [],
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Accounts"] = database.ConnectionString,
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        },
        readLogLine);

    /// <summary>Starts the bare endpoint with the statements of a request.</summary>
    public static async Task<HttpServer> StartBareAsync(BenchmarkDatabase database, IReadOnlyList<Statement> statements)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, System.Text.Json.JsonSerializer.Serialize(statements));
        return await StartAsync(
            typeof(HttpServer).Assembly.Location,
            ["bare", database.ConnectionString, file, "PORT"],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["BARE_ORGANIZATION"] = database.OrganizationId.ToGuid().ToString(),
            });
    }

    /// <summary>Starts a server to compare with. Its script installs it into the temporary folder first, which can take minutes.</summary>
    /// <param name="name">The name by which the script knows it.</param>
    /// <param name="database">The database, with the table that it serves.</param>
    public static Task<HttpServer> StartPeerAsync(string name, BenchmarkDatabase database)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var user = $"{connection.Username}:{Uri.EscapeDataString(connection.Password!)}";
        var url = $"postgres://{user}@{connection.Host}:{connection.Port}/{connection.Database}";
        return StartProgramAsync(
            "bash",
            ["scripts/start-peer.sh", name, "PORT", url, Path.Combine(Path.GetTempPath(), "thena-accounts-peers")],
            new Dictionary<string, string>(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static Task<HttpServer> StartAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        Action<string>? readLogLine = null) => StartProgramAsync("dotnet", [program, .. arguments], environment, readLogLine);

    private static async Task<HttpServer> StartProgramAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        Action<string>? readLogLine = null)
    {
        var port = FindFreePort();
        var portText = port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(program, arguments.Select(argument => argument == "PORT" ? portText : argument))
        {
            // The log goes where a container's goes: to a pipe that is read.
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{portText}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        _ = readLogLine is null
            ? process.StandardOutput.BaseStream.CopyToAsync(Stream.Null)
            : ReadLinesAsync(process.StandardOutput, readLogLine);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        while (true)
        {
            try
            {
                using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{portText}/health/ready"));
                return new HttpServer(process, port, Stopwatch.GetElapsedTime(started));
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(5);
            }
        }
    }

    private static async Task ReadLinesAsync(StreamReader log, Action<string> readLine)
    {
        while (await log.ReadLineAsync() is { } line)
        {
            readLine(line);
        }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
