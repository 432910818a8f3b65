using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Sees to the statistics of tables that have just been filled, soon after they have.</summary>
internal sealed class StatisticsKeeper(TimeProvider time, IServiceProvider services, ILogger<StatisticsKeeper> logger)
    : PeriodicService(TimeSpan.FromSeconds(5), time, logger, "Tables could not be analyzed")
{
    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        // Made when the database is open.
        var tables = await services.GetRequiredService<TableStatistics>().RefreshAsync(stoppingToken);
        if (tables.Count > 0)
        {
            logger.LogInformation("Analyzed tables that have grown: {Tables}", string.Join(", ", tables));
        }
    }
}
