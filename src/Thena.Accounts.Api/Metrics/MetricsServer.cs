using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Thena.Accounts.Api.Metrics;

/// <summary>Serves <c>/metrics</c> to Prometheus, on a port that has nothing else.</summary>
internal sealed class MetricsServer(MeterProvider meters, IOptions<MetricsOptions> options) : IHostedService, IAsyncDisposable
{
    private WebApplication? _application;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(options.Value.Port);
        });
        _application = builder.Build();
        _application.UseOpenTelemetryPrometheusScrapingEndpoint(
            meters, predicate: null, path: "/metrics", configureBranchedPipeline: null, optionsName: null);
        return _application.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _application?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;
}
