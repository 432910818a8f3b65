using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.Paging;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>Shows deliveries, and sends events again (extension: webhooks). The dispatcher does the work.</summary>
public sealed class WebhookDeliveryService(Records records, Writes writes, ChangeFeed feed)
{
    private const int MaxReplayed = 100_000;

    /// <summary>The time by which events can be out of order in the feed: clocks differ, and transactions take their time.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(5);

    private static readonly Error NotFound = Error.NotFound("Webhook delivery not found!");
    private static readonly Error NotActive = Error.Conflict("The webhook is not active!");
    private static readonly Error IsReplaying = Error.Conflict("A replay of this webhook is still running!");
    private static readonly Error InvalidCursor = Error.Invalid("Invalid cursor!");

    /// <summary>Reads a page of the deliveries of a webhook, newest first.</summary>
    public async Task<Result<Page<WebhookDeliveryResponse>>> ListAsync(
        Ulid id, ListDeliveriesQuery query, CancellationToken cancellationToken)
    {
        if (await records.FirstOrDefaultAsync(Webhook(id), (webhook, _) => webhook, cancellationToken) is null)
        {
            return WebhookService.NotFound;
        }

        var deliveries = records.Of<WebhookDelivery>().Where(nameof(WebhookDelivery.WebhookId), id);
        if (query.Status is { } status)
        {
            deliveries.Where(nameof(WebhookDelivery.Status), status);
        }

        return await records.ToPageAsync(
            deliveries, query, ListOrder.Newest<WebhookDelivery>(), WebhookDeliveryResponse.From, cancellationToken);
    }

    /// <summary>Sends a test event, once.</summary>
    public Task<Result<WebhookDeliveryResponse>> TestAsync(Ulid id, CancellationToken cancellationToken) =>
        writes.RunAsync<WebhookDeliveryResponse>(
            async unit =>
            {
                var found = unit.Lock(unit.Of<Webhook>().Where(nameof(Webhooks.Webhook.Id), id), RowLock.KeyShare);
                await unit.SendAsync();
                if (found is not [var webhook])
                {
                    return WebhookService.NotFound;
                }

                if (!webhook.IsActive)
                {
                    return NotActive;
                }

                var delivery = unit.Stamp.New(new WebhookDelivery
                {
                    WebhookId = webhook.Id,
                    EventId = unit.Stamp.Ids.Next().ToString(),
                    EventType = WebhookTest.EventType,
                    RecordId = unit.Stamp.Ids.Next(),
                    Trigger = WebhookTrigger.Test,
                    Status = WebhookDeliveryStatus.Pending,
                    NextAttemptAt = unit.Stamp.Now,
                });
                unit.Insert(delivery);
                return WebhookDeliveryResponse.From(delivery, unit.References);
            },
            cancellationToken);

    /// <summary>Sends a delivery again, from the first attempt.</summary>
    public Task<Result<WebhookDeliveryResponse>> RetryAsync(Ulid id, Ulid deliveryId, CancellationToken cancellationToken) =>
        writes.RunAsync<WebhookDeliveryResponse>(
            async unit =>
            {
                var webhooks = unit.Lock(unit.Of<Webhook>().Where(nameof(Webhooks.Webhook.Id), id), RowLock.KeyShare);
                var found = unit.Lock(
                    unit.Of<WebhookDelivery>().Where(nameof(WebhookDelivery.WebhookId), id).Where(nameof(WebhookDelivery.Id), deliveryId),
                    RowLock.Change);
                await unit.SendAsync();
                if (webhooks is not [var webhook])
                {
                    return WebhookService.NotFound;
                }

                if (found is not [var delivery])
                {
                    return NotFound;
                }

                if (!webhook.IsActive)
                {
                    return NotActive;
                }

                // One that is pending keeps its place, and only waits no longer.
                if (delivery.Status != WebhookDeliveryStatus.Pending)
                {
                    (delivery.Status, delivery.Trigger, delivery.Attempts) = (WebhookDeliveryStatus.Pending, WebhookTrigger.Retry, 0);
                }

                delivery.NextAttemptAt = unit.Stamp.Now;
                unit.Update(delivery);
                return WebhookDeliveryResponse.From(delivery, unit.References);
            },
            cancellationToken);

    /// <summary>Sends the events after a position, or since a time, again.</summary>
    public async Task<Result<WebhookResponse>> ReplayAsync(Ulid id, ReplayWebhookRequest request, CancellationToken cancellationToken)
    {
        var ends = await feed.ReadAsync(records.OrganizationId, new FeedQuery(null, 1) { StartsAtEnd = true }, cancellationToken);
        var cursor = request.After.Value is { Length: > 0 } after ? FeedCursor.Read(after, records.OrganizationId) : null;
        if (request.Since.Value is null && (cursor is null || cursor > ends.Next))
        {
            return InvalidCursor;
        }

        if (cursor < ends.Removed)
        {
            return new Error(ErrorKind.Gone, "The cursor is older than the retained events!")
            {
                OldestCursor = FeedCursor.Write(records.OrganizationId, ends.Removed),
            };
        }

        var start = cursor ?? await FindAsync(request.Since.Value!.Value - Disorder, ends.Removed, ends.Next, cancellationToken);
        return await writes.RunAsync<WebhookResponse>(
            async unit =>
            {
                var found = unit.Lock(unit.Of<Webhook>().Where(nameof(Webhooks.Webhook.Id), id), RowLock.Change);
                await unit.SendAsync();
                if (found is not [var webhook])
                {
                    return WebhookService.NotFound;
                }

                if (!webhook.IsActive || webhook.ReplayAfter is not null)
                {
                    return webhook.IsActive ? IsReplaying : NotActive;
                }

                webhook.ReplayAfter = start;
                webhook.ReplayUntil = ends.Next;
                webhook.ReplayLeft = MaxReplayed;
                webhook.ReplayOnlyFailed = request.OnlyFailed.Value ?? false;
                webhook.ReplayRequestedAt = unit.Stamp.Now;
                unit.Update(webhook);
                return WebhookResponse.From(webhook);
            },
            cancellationToken);
    }

    /// <summary>Returns the last number whose change was made before a time: each step halves what is left.</summary>
    private async Task<long> FindAsync(DateTimeOffset time, long from, long to, CancellationToken cancellationToken)
    {
        while (from < to)
        {
            var middle = from + ((to - from + 1) / 2);
            var isBefore = await records.ReadAsync(
                $"""
                select c.occurred_at < {time}
                from change_feed f join changes c on c.organization_id = f.organization_id and c.id = f.change_id
                where f.organization_id = {records.OrganizationId} and f.sequence = {middle}
                """,
                row => row.GetBoolean(0),
                cancellationToken);
            (from, to) = isBefore is [true] ? (middle, to) : (from, middle - 1);
        }

        return from;
    }

    private Query<Webhook> Webhook(Ulid id) => records.Of<Webhook>().Where(nameof(Webhooks.Webhook.Id), id);
}
