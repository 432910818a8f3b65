using Thena.Accounts.Core.Deliveries;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Removes deliveries that are too old, at intervals.</summary>
internal sealed class WebhookSweeper(IServiceScopeFactory scopes, TimeProvider time, ILogger<WebhookSweeper> logger)
    : PeriodicService(TimeSpan.FromMinutes(10), time)
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<WebhookDeliveryCleaner>().RunAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning("Old deliveries of webhooks could not be removed: {Reason}", exception.GetBaseException().Message);
        }
    }
}
