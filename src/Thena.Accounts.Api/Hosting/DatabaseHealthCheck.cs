using Microsoft.Extensions.Diagnostics.HealthChecks;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Checks that the database can be reached and that its schema is up to date. Asks the database at most once a second: all callers of that
/// time share one answer, so that they cost it nothing, however many they are.
/// </summary>
internal sealed class DatabaseHealthCheck(IServiceScopeFactory scopes, TimeProvider time, ILogger<DatabaseHealthCheck> logger)
    : IHealthCheck
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _answer;
    private long _askedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_answer is null || (_answer.IsCompleted && time.GetElapsedTime(_askedAt) >= Interval))
            {
                _askedAt = time.GetTimestamp();

                // A caller that leaves does not take the answer from the others. The time limits of the database end the question.
                _answer = Task.Run(AskAsync, CancellationToken.None);
            }

            return _answer.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        var reason = "it cannot be reached, or its schema is not up to date";
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var deadline = scope.ServiceProvider.GetRequiredService<DatabaseDeadline>();
            using var running = deadline.Start(scope.ServiceProvider.GetRequiredService<DatabaseConnections>().RequestLimit);
            if (await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().IsReadyAsync(deadline.Token))
            {
                return HealthCheckResult.Healthy();
            }
        }
        catch (Exception exception) when (DatabaseFaults.IsUnavailable(exception))
        {
            reason = exception.GetBaseException().Message;
        }
        catch (OperationCanceledException)
        {
            reason = "it has not answered in time";
        }

        logger.LogWarning("The database is not ready: {Reason}", reason);
        return HealthCheckResult.Unhealthy(reason);
    }
}
