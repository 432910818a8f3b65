using Thena.Accounts.Core.Organizations;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Writes the last-used times of keys to the database, at intervals and at shutdown.</summary>
internal sealed class KeyUseWriter(ApiKeyAuthenticator authenticator, ILogger<KeyUseWriter> logger)
    : PeriodicService(TimeSpan.FromSeconds(10), TimeProvider.System, logger, "The last-used times of keys could not be written")
{
    protected override Task RunOnceAsync(CancellationToken stoppingToken) => authenticator.WriteUsesAsync(stoppingToken);

    protected override Task EndAsync() => authenticator.WriteUsesAsync(CancellationToken.None);
}
