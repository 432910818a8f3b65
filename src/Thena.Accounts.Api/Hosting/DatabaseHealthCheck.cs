using Microsoft.Extensions.Diagnostics.HealthChecks;
using Thena.Accounts.Core.Persistence;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Checks that the database can be reached and that its schema is up to date.</summary>
internal sealed class DatabaseHealthCheck(
    DatabaseMigrator database, DatabaseConnections connections, DatabaseDeadline deadline, ILogger<DatabaseHealthCheck> logger)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reason = "it cannot be reached, or its schema is not up to date";
        try
        {
            using var running = deadline.Start(connections.RequestLimit);
            if (await database.IsReadyAsync(deadline.Token))
            {
                return HealthCheckResult.Healthy();
            }
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            reason = exception.GetBaseException().Message;
        }
        catch (OperationCanceledException) when (deadline.Token.IsCancellationRequested)
        {
            reason = "it has not answered in time";
        }

        logger.LogWarning("The database is not ready: {Reason}", reason);
        return HealthCheckResult.Unhealthy(reason);
    }
}
