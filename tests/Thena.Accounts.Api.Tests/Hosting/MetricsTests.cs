using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The metrics, on the port that Prometheus reads.</summary>
public sealed class MetricsTests(MetricsTests.MeasuredServer server) : IClassFixture<MetricsTests.MeasuredServer>
{
    private const string MeterName = "Thena.Accounts";

    [Fact]
    public void Page_OfMetrics_ListsEveryInstrumentOfTheServer()
    {
        var documented = File.ReadLines(RepositoryFile("docs/metrics.md"))
            .Where(line => line.StartsWith("| `thena.", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Order(StringComparer.Ordinal);

        Assert.Equal(Instruments(), documented);
    }

    [Fact]
    public void Limits_ThatCanRefuseARequest_AreAllOnThePage()
    {
        var page = File.ReadAllText(RepositoryFile("docs/metrics.md"));
        var limits = typeof(Program).Assembly.GetType("Thena.Accounts.Api.Metrics.RequestLimits", throwOnError: true)!
            .GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(limits);
        Assert.All(limits, limit => Assert.Contains($"| `{limit}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Port_OfMetrics_HasThoseOfTheServerAndOfItsLibraries()
    {
        var tenant = await server.CreateTenantAsync();
        var key = ("Idempotency-Key", "once");
        var request = new WriteRequest(HttpMethod.Post, Paths.Accounts, Given.Account());
        (await tenant.Client.Send(request, key)).Expect(201);
        (await tenant.Client.Send(request, key)).Expect(201);
        (await server.CreateClient("thena_unknown").Get(Paths.Accounts)).Expect(401);

        // What Prometheus reads is kept for a moment.
        string text;
        do
        {
            text = await server.ReadMetricsAsync();
        }
        while (!text.Contains("thena_accounts_idempotency_replays_total", StringComparison.Ordinal));

        // Metrics whose meters belong to one server are left out: when other servers of this process stop, theirs of the same names end.
        Assert.All(
            (string[])
            [
                "thena_accounts_keys_uses_total", "thena_accounts_keys_lookups_total", "thena_accounts_references_uses_total",
                "db_client_connection_count", "dotnet_process_memory_working_set",
            ],
            name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.DoesNotContain("Password", text, StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.Key.Key, text, StringComparison.Ordinal);
        (await server.CreateClient().Get("/metrics")).Expect(404);
    }

    [Fact]
    public async Task Requests_AboveALimit_AreCountedByLimit()
    {
        var tenant = await server.CreateTenantAsync();

        // As above.
        while (!(await server.ReadMetricsAsync()).Contains("limit=\"requests\"", StringComparison.Ordinal))
        {
            await tenant.Client.Get("/v1/accounts/unknown");
        }
    }

    /// <summary>Returns the names of all instruments, sorted.</summary>
    private static IEnumerable<string> Instruments()
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == MeterName)
                {
                    names.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        foreach (var type in AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name!.StartsWith(MeterName, StringComparison.Ordinal))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic)
                .Any(field => typeof(Instrument).IsAssignableFrom(field.FieldType))))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        return names.Order(StringComparer.Ordinal);
    }

    private static string RepositoryFile(string name, [CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "../../..", name);

    /// <summary>A server whose metrics can be read.</summary>
    public sealed class MeasuredServer : AccountsServer
    {
        public const int RequestsPerMinute = 20;

        private readonly int _port = FreePort();

        public MeasuredServer(PostgresServer postgres)
            : base(postgres) => Settings = new Dictionary<string, string>
            {
                ["Metrics:Port"] = _port.ToString(CultureInfo.InvariantCulture),
                ["RateLimit:RequestsPerMinute"] = RequestsPerMinute.ToString(CultureInfo.InvariantCulture),
            };

        protected override IReadOnlyDictionary<string, string> Settings { get; }

        /// <summary>Reads the metrics as Prometheus does.</summary>
        public async Task<string> ReadMetricsAsync()
        {
            using var client = new HttpClient();
            return await client.GetStringAsync(
                new Uri($"http://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/metrics"), TestContext.Current.CancellationToken);
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
