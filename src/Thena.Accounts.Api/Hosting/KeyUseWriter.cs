using Thena.Accounts.Core.Organizations;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Writes the last-used times of keys to the database, at intervals and at shutdown.</summary>
internal sealed class KeyUseWriter(ApiKeyAuthenticator authenticator, ILogger<KeyUseWriter> logger)
    : PeriodicService(TimeSpan.FromSeconds(10), TimeProvider.System)
{
    protected override Task RunOnceAsync(CancellationToken stoppingToken) => WriteAsync(stoppingToken);

    protected override Task EndAsync() => WriteAsync(CancellationToken.None);

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
