using System.Collections.Concurrent;
using System.Diagnostics;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Webhooks;

/// <summary>
/// Delivers the events of one organization. A slow receiver has only a few requests under way at a time, and a failing one fewer still, so
/// that it does not hold up others.
/// </summary>
internal sealed class OrganizationDispatcher(
    Ulid organizationId,
    IServiceScopeFactory scopes,
    WebhookSender sender,
    SemaphoreSlim slots,
    TimeSpan drainTime,
    ILogger logger) : IDisposable
{
    private const int MaxPerWebhook = 10;
    private const int MaxPerFailingWebhook = 2;

    /// <summary>What is left undone by others, or was not told, is found after this time.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    /// <summary>The part of the lease in which an attempt may begin.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(45);

    private readonly SemaphoreSlim _woken = new(0, 1);
    private readonly ConcurrentDictionary<Ulid, int> _sending = new();
    private readonly ConcurrentDictionary<Task, bool> _tasks = new();
    private volatile bool _isActive = true;

    /// <summary>Lets the loop look for what is to be done.</summary>
    public void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It will look anyway, or has ended.
        }
    }

    public void Dispose() => _woken.Dispose();

    /// <summary>Lets the loop look for new events, if there is a webhook that gets them.</summary>
    public void WakeIfActive()
    {
        if (_isActive)
        {
            Wake();
        }
    }

    /// <summary>Delivers events until the server stops.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        using var sending = new CancellationTokenSource();
        try
        {
            while (true)
            {
                await _woken.WaitAsync(await WorkAsync(sending.Token, stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is under way gets some time. The rest is given back, and sent by another server.
            sending.CancelAfter(drainTime);
            await Task.WhenAll(_tasks.Keys);
        }
    }

    /// <summary>Does what there is to do.</summary>
    /// <returns>The time until there may be more.</returns>
    private async Task<TimeSpan> WorkAsync(CancellationToken sending, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = OpenScope();
            var expansion = scope.ServiceProvider.GetRequiredService<WebhookExpansion>();
            var queue = scope.ServiceProvider.GetRequiredService<DueDeliveries>();
            bool hasMore;
            do
            {
                _isActive = true;
                hasMore = await expansion.RunAsync(stoppingToken);
                if (!expansion.HasActive)
                {
                    _isActive = false;
                    return Timeout.InfiniteTimeSpan;
                }

                foreach (var attempt in await queue.ClaimAsync(RoomOf, stoppingToken))
                {
                    Send(attempt, sending);
                }
            }
            while (hasMore);

            var next = await queue.ReadNextAsync(stoppingToken);
            return next is { } soon && soon < LookInterval ? Later(soon) : LookInterval;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning(
                "Webhooks of the organization {OrganizationId} could not be processed: {Reason}",
                organizationId,
                exception.GetBaseException().Message);
            return LookInterval;
        }
    }

    private int RoomOf(Ulid webhookId, bool isFailing) =>
        (isFailing ? MaxPerFailingWebhook : MaxPerWebhook) - _sending.GetValueOrDefault(webhookId);

    private void Send(WebhookAttempt attempt, CancellationToken cancellationToken)
    {
        _sending.AddOrUpdate(attempt.WebhookId, 1, (_, count) => count + 1);
        var task = SendAsync(attempt, Stopwatch.GetTimestamp(), cancellationToken);
        _tasks[task] = true;
        _ = task.ContinueWith(
            ended =>
            {
                _tasks.TryRemove(ended, out _);
                _sending.AddOrUpdate(attempt.WebhookId, 0, (_, count) => count - 1);
                Wake();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private async Task SendAsync(WebhookAttempt attempt, long claimedAt, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var outcome = await TrySendAsync(attempt, claimedAt, cancellationToken);
        try
        {
            await using var scope = OpenScope();
            var queue = scope.ServiceProvider.GetRequiredService<DueDeliveries>();
            if (outcome is null)
            {
                await queue.ReleaseAsync(attempt, CancellationToken.None);
            }
            else
            {
                WebhookMetrics.Count(outcome);
                if (await queue.SettleAsync(attempt, outcome, CancellationToken.None))
                {
                    WebhookMetrics.CountDisabled();
                    logger.LogWarning(
                        "The webhook {WebhookId} of the organization {OrganizationId} was disabled: {Reason}",
                        attempt.WebhookId,
                        organizationId,
                        outcome.Error);
                }
            }
        }
        catch (Exception exception)
        {
            // The lease ends, and it is sent again.
            logger.LogWarning(
                "The delivery {DeliveryId} could not be settled: {Reason}", attempt.DeliveryId, exception.GetBaseException().Message);
        }
    }

    /// <returns>What has come of it; null if it has not been sent.</returns>
    private async Task<WebhookOutcome?> TrySendAsync(WebhookAttempt attempt, long claimedAt, CancellationToken cancellationToken)
    {
        if (attempt.Message is not { } message)
        {
            return WebhookOutcome.Unsent(attempt.Problem!);
        }

        try
        {
            await slots.WaitAsync(cancellationToken);
            try
            {
                return Stopwatch.GetElapsedTime(claimedAt) < MaxWait ? await sender.SendAsync(message, cancellationToken) : null;
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The delivery {DeliveryId} could not be sent", attempt.DeliveryId);
            return WebhookOutcome.Unsent("The server failed to send the request.");
        }
    }

    private AsyncServiceScope OpenScope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentOrganization>().Choose(organizationId);
        return scope;
    }

    /// <summary>Timers may be early by a millisecond.</summary>
    private static TimeSpan Later(TimeSpan due) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(due.TotalMilliseconds) + 1));
}
