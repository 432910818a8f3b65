using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Metrics;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Traces and metrics: sent with OpenTelemetry if the standard environment variables name where to, and read by Prometheus on a port.
/// </summary>
internal static class Telemetry
{
    private const string ServiceName = "thena-accounts";

    /// <summary>The variables that set the export endpoint. Setting one of them turns telemetry on.</summary>
    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Adds telemetry, as far as the configuration turns it on.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var sends = Sends(configuration);
        var isRead = configuration[$"{MetricsOptions.Section}:{nameof(MetricsOptions.Port)}"] is { Length: > 0 } and not "0";
        if (!sends && !isRead)
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(
                resource => resource.AddService(ServiceName, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3))
                    .AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(DatabaseConnections.InstrumentationName, ServerMeter.Name));
        if (isRead)
        {
            telemetry.WithMetrics(metrics => metrics.AddPrometheusExporter());
            services.AddHostedService<MetricsServer>();
        }

        if (sends)
        {
            telemetry
                .WithTracing(tracing => tracing
                    .AddAspNetCoreInstrumentation(options => options.Filter = IsNoHealthCheck)
                    .AddSource(DatabaseConnections.InstrumentationName))
                .UseOtlpExporter();
        }
    }

    /// <summary>Whether traces and metrics are sent with OpenTelemetry.</summary>
    public static bool Sends(IConfiguration configuration) =>
        !configuration.GetValue("OTEL_SDK_DISABLED", defaultValue: false)
        && Endpoints.Any(name => configuration[name] is { Length: > 0 });

    private static bool IsNoHealthCheck(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
}
