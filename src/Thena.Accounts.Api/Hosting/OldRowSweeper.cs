using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Removes the rows of a table that are too old, at intervals.</summary>
internal sealed class OldRowSweeper<T>(IServiceScopeFactory scopes, TimeProvider time, ILogger<OldRowSweeper<T>> logger)
    : PeriodicService(T.Interval, time, logger, $"Old rows of {T.Table} could not be removed")
    where T : IOldRowCleaner
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        RequestMetrics.CountRemoved(T.Table, await scope.ServiceProvider.GetRequiredService<T>().RunAsync(stoppingToken));
    }
}
