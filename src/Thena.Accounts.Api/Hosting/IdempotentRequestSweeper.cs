using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Removes stored responses that are too old, at intervals.</summary>
internal sealed class IdempotentRequestSweeper(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<IdempotentRequestSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IdempotentRequestCleaner>().RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogWarning("Stored responses could not be removed: {Reason}", exception.GetBaseException().Message);
            }
        }
    }
}
