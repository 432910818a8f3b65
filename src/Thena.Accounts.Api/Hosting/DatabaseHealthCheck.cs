using Microsoft.Extensions.Diagnostics.HealthChecks;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Whether the database can be reached and its schema is up to date.</summary>
internal sealed class DatabaseHealthCheck(DatabaseMigrator database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await database.IsReadyAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database cannot be reached or is not migrated.");
}
