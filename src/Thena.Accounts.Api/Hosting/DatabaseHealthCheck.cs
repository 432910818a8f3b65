using Microsoft.Extensions.Diagnostics.HealthChecks;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Checks that the database can be reached and that its schema is up to date.</summary>
internal sealed class DatabaseHealthCheck(DatabaseMigrator database, ILogger<DatabaseHealthCheck> logger) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reason = "it cannot be reached, or its schema is not up to date";
        try
        {
            if (await database.IsReadyAsync(cancellationToken))
            {
                return HealthCheckResult.Healthy();
            }
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            reason = exception.GetBaseException().Message;
        }

        logger.LogWarning("The database is not ready: {Reason}", reason);
        return HealthCheckResult.Unhealthy(reason);
    }
}
