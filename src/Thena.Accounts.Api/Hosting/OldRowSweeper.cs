using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Removes the rows of a table that are too old, at intervals.</summary>
internal sealed class OldRowSweeper<T>(IServiceScopeFactory scopes, TimeProvider time, ILogger<OldRowSweeper<T>> logger)
    : PeriodicService(T.Interval, time)
    where T : IOldRowCleaner
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            RequestMetrics.CountRemoved(T.Table, await scope.ServiceProvider.GetRequiredService<T>().RunAsync(stoppingToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning("Old rows of {Table} could not be removed: {Reason}", T.Table, exception.GetBaseException().Message);
        }
    }
}
