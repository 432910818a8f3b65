using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Thena.Accounts.Api.Changes;
using Thena.Accounts.Api.Webhooks;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Api.Hosting;

/// <summary>OpenTelemetry traces and metrics, turned on by the standard environment variables.</summary>
internal static class Telemetry
{
    private const string ServiceName = "thena-accounts";

    /// <summary>The variables that set the export endpoint. Setting one of them turns telemetry on.</summary>
    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    /// <summary>Adds telemetry if the environment variables turn it on.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (
            configuration.GetValue("OTEL_SDK_DISABLED", defaultValue: false)
                || !Endpoints.Any(name => configuration[name] is { Length: > 0 }))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(
                resource => resource.AddService(ServiceName, serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3))
                    .AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(
                    options => options.Filter = context => !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
                .AddSource(DatabaseConnections.InstrumentationName))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(DatabaseConnections.InstrumentationName)
                .AddMeter(ChangeMetrics.MeterName)
                .AddMeter(WebhookMetrics.MeterName))
            .UseOtlpExporter();
    }
}
