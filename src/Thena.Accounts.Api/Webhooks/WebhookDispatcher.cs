using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Api.Webhooks;

/// <summary>
/// Delivers events. Each organization with webhooks has a loop of its own, which is woken after a commit in this process, and looks at
/// intervals for what others have left undone. Which organizations those are is read from time to time.
/// </summary>
internal sealed class WebhookDispatcher(
    IServiceScopeFactory scopes,
    ChangeSignal signal,
    WebhookOrganizations organizations,
    WebhookSender sender,
    IOptions<WebhookOptions> options,
    ILogger<WebhookDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Ulid, Lazy<(OrganizationDispatcher Dispatcher, Task Running)>> _running = new();
    private readonly SemaphoreSlim _slots = new(options.Value.MaxConcurrentSends);
    private CancellationToken _stopping = new(canceled: true);

    /// <summary>Starts to deliver the events of an organization, or wakes its loop.</summary>
    public void Start(Ulid organizationId)
    {
        if (!_stopping.IsCancellationRequested)
        {
            _running.GetOrAdd(organizationId, id => new(() => StartNew(id))).Value.Dispatcher.Wake();
        }
    }

    public override void Dispose()
    {
        foreach (var one in _running.Values)
        {
            one.Value.Dispatcher.Dispose();
        }

        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        signal.Listen(Wake);
        try
        {
            while (true)
            {
                await RefreshAsync(stoppingToken);
                await Task.Delay(RefreshInterval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_running.Values.Select(one => one.Value.Running));
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var organization in await organizations.ListAsync(cancellationToken))
            {
                _running.GetOrAdd(organization, id => new(() => StartNew(id))).Value.Dispatcher.Wake();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning("Organizations with webhooks could not be read: {Reason}", exception.GetBaseException().Message);
        }
    }

    private void Wake(Ulid organizationId)
    {
        if (_running.TryGetValue(organizationId, out var one))
        {
            one.Value.Dispatcher.WakeIfActive();
        }
    }

    private (OrganizationDispatcher Dispatcher, Task Running) StartNew(Ulid organizationId)
    {
        var dispatcher = new OrganizationDispatcher(organizationId, scopes, sender, _slots, DrainTime, logger);
        return (dispatcher, Task.Run(() => dispatcher.RunAsync(_stopping), CancellationToken.None));
    }
}
