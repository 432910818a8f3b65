namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Does the same work at intervals, until the server stops. If it fails, it is done again after the next interval, and the log has each
/// reason once until the work succeeds.
/// </summary>
/// <param name="interval">The interval.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log of failures.</param>
/// <param name="failure">What a failure means, such as <c>Old rows could not be removed</c>.</param>
internal abstract class PeriodicService(TimeSpan interval, TimeProvider time, ILogger logger, string failure) : BackgroundService
{
    private string? _reason;

    /// <summary>Does the work once.</summary>
    protected abstract Task RunOnceAsync(CancellationToken stoppingToken);

    /// <summary>Does what is left when the server stops.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(RunOnceAsync, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host takes a cancellation for a fault if it stops before the start was complete.
            await TryAsync(_ => EndAsync(), stoppingToken);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken);
            _reason = null;
        }
        catch (Exception exception) when (
            stoppingToken.IsCancellationRequested && exception is OperationCanceledException or ObjectDisposedException)
        {
            // The server stops, and what the work needs may be gone.
        }
        catch (Exception exception)
        {
            // An outage of the database would fill the log.
            var reason = exception.GetBaseException().Message;
            if (reason != _reason)
            {
                logger.LogWarning(exception, "{Failure}: {Reason}", failure, reason);
            }

            _reason = reason;
        }
    }
}
