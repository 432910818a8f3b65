using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>Traces and metrics, sent to the collector in the standard OpenTelemetry variables.</summary>
public sealed class TelemetryTests(TelemetryTests.ObservedServer server) : IClassFixture<TelemetryTests.ObservedServer>
{
    [Fact]
    public async Task Requests_WithACollectorNamed_ReachItAsTracesAndMetricsWithoutPersonalData()
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.Client.Get("/v1/accounts/contacts/search?email=ada.hunter2@acme.com")).Expect(200);

        var traces = await server.Collector.WaitForAsync("/v1/traces", "v1/accounts/contacts/search");
        Assert.Contains("thena-accounts", traces, StringComparison.Ordinal);
        Assert.Contains("from contacts", traces, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", traces, StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.Key.Key, traces, StringComparison.Ordinal);
        await server.Collector.WaitForAsync("/v1/metrics", "http.server.request.duration");
    }

    /// <summary>A server that sends telemetry to a collector.</summary>
    public sealed class ObservedServer : AccountsServer
    {
        public ObservedServer(PostgresServer postgres)
            : base(postgres) => Settings = new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            };

        /// <summary>The collector.</summary>
        public FakeCollector Collector { get; } = new();

        protected override IReadOnlyDictionary<string, string> Settings { get; }
    }

    /// <summary>A collector that keeps what it receives as text. Strings stay readable in protocol buffers.</summary>
    public sealed class FakeCollector
    {
        private readonly ConcurrentDictionary<string, string> _received = new(StringComparer.Ordinal);

        public FakeCollector()
        {
            var listener = new HttpListener();
            for (var port = 24_318; ; port++)
            {
                Address = $"http://127.0.0.1:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
                listener.Prefixes.Clear();
                listener.Prefixes.Add(Address + "/");
                try
                {
                    listener.Start();
                    break;
                }
                catch (HttpListenerException)
                {
                    listener = new HttpListener();
                }
            }

            _ = Task.Run(async () =>
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    _received.AddOrUpdate(
                        context.Request.Url!.AbsolutePath,
                        Encoding.UTF8.GetString(body.ToArray()),
                        (_, before) => before + Encoding.UTF8.GetString(body.ToArray()));
                    context.Response.ContentType = "application/x-protobuf";
                    context.Response.Close();
                }
            });
        }

        /// <summary>The base address.</summary>
        public string Address { get; private set; }

        /// <summary>Waits until a request to the path contains the text, and returns all that the path received.</summary>
        public async Task<string> WaitForAsync(string path, string text)
        {
            for (var attempt = 0; attempt < 200; attempt++)
            {
                if (_received.TryGetValue(path, out var received) && received.Contains(text, StringComparison.Ordinal))
                {
                    return received;
                }

                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            throw new TimeoutException($"Nothing with {text} came to {path}, only: {string.Join(", ", _received.Keys)}");
        }
    }
}
