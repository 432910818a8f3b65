using Thena.Accounts.Postgres.Idempotency;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Removes stored responses that are too old, at intervals.</summary>
internal sealed class IdempotentRequestSweeper(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<IdempotentRequestSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host takes a cancellation for a fault if it stops before the start was complete.
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IdempotentRequestCleaner>().RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning("Stored responses could not be removed: {Reason}", exception.GetBaseException().Message);
        }
    }
}
