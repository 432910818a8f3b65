using Thena.Accounts.Postgres.Idempotency;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Removes stored responses that are too old, at intervals.</summary>
internal sealed class IdempotentRequestSweeper(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<IdempotentRequestSweeper> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), time)
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
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
