using Thena.Accounts.Core.Organizations;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Writes the last-used times of keys to the database, at intervals and at shutdown.</summary>
internal sealed class KeyUseWriter(ApiKeyAuthenticator authenticator, ILogger<KeyUseWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WriteAsync(CancellationToken.None);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await authenticator.WriteUsesAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ObjectDisposedException))
        {
            logger.LogWarning(exception, "The last-used times of keys could not be written");
        }
    }
}
