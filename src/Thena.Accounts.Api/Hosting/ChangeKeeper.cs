using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Numbers changes that nobody has read and removes old ones, at intervals.</summary>
internal sealed class ChangeKeeper(IServiceProvider services, TimeProvider time, ILogger<ChangeKeeper> logger)
    : PeriodicService(Interval, time, logger, "Changes could not be numbered and removed")
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>The age of a change without a number from which on something is wrong: it has been passed over several times.</summary>
    private static readonly TimeSpan Stuck = 5 * Interval;

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        // Made when the database is open.
        var cleaner = services.GetRequiredService<ChangeCleaner>();
        RequestMetrics.CountRemoved("changes", await cleaner.RunAsync(stoppingToken));
        if (cleaner.OldestUnnumbered > Stuck)
        {
            logger.LogWarning("The oldest change without a number is {Age} old", cleaner.OldestUnnumbered);
        }
    }
}
