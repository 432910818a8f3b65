using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Merges new entries into the search index, so that requests rarely have to.</summary>
internal sealed class IndexKeeper(TimeProvider time, IServiceProvider services, ILogger<IndexKeeper> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger, "New entries of indexes could not be merged")
{
    // Made when the database is open.
    protected override Task RunOnceAsync(CancellationToken stoppingToken) =>
        services.GetRequiredService<PendingIndexEntries>().MergeAsync(stoppingToken);
}
