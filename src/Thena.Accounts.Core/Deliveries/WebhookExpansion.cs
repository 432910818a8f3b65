using System.Text.Json;
using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>
/// Makes the deliveries of what has happened: reads the feed after the position of each webhook, and adds deliveries and the new position
/// in one transaction. So each event gets its delivery once, whatever stops in between, and however many servers do it.
/// </summary>
public sealed class WebhookExpansion(Records records, Writes writes, ChangeFeed feed)
{
    private const int PortionSize = 500;

    /// <summary>Whether the last run has found an active webhook.</summary>
    public bool HasActive { get; private set; }

    /// <summary>Makes deliveries of the next events of all active webhooks.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var webhooks = await records.ToListAsync(
            records.Of<Webhook>().Where(nameof(Webhook.IsActive), true), (webhook, _) => webhook, order: null, cancellationToken);
        HasActive = webhooks.Count > 0;
        var hasMore = false;
        foreach (var group in webhooks.GroupBy(webhook => webhook.Position))
        {
            hasMore |= await ExpandAsync(group.Key, [.. group], cancellationToken);
        }

        foreach (var webhook in webhooks.Where(webhook => webhook.ReplayAfter is not null))
        {
            hasMore |= await (webhook.ReplayOnlyFailed
                ? ReplayFailedAsync(webhook, cancellationToken)
                : ReplayAsync(webhook, cancellationToken));
        }

        return hasMore;
    }

    private async Task<bool> ExpandAsync(long position, Webhook[] webhooks, CancellationToken cancellationToken)
    {
        var page = await feed.ReadAsync(records.OrganizationId, new FeedQuery(position, PortionSize), cancellationToken);

        // What is no longer kept cannot be delivered.
        var next = Math.Max(page.Next, page.Removed);
        if (next == position)
        {
            return false;
        }

        var deliveries = webhooks.SelectMany(webhook => DeliveriesOf(webhook, page.Changes)).ToList();
        await writes.RunAsync(
            async unit =>
            {
                var locked = unit.Read(
                    $"""
                    select id from webhooks
                    where organization_id = {unit.OrganizationId} and id = any({webhooks.Select(webhook => webhook.Id)})
                        and position = {position} and is_active and deleted_at is null
                    order by id for no key update
                    """,
                    row => new Ulid(row.GetGuid(0)));
                await unit.SendAsync();
                Insert(unit, WebhookTrigger.Event, deliveries.FindAll(delivery => locked.Contains(delivery.WebhookId)));
                unit.Execute(
                    $"""
                    update webhooks set position = {next} where organization_id = {unit.OrganizationId} and id = any({locked})
                    """);
                return Result.Done;
            },
            cancellationToken);
        return page.HasMore;
    }

    private async Task<bool> ReplayAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var after = webhook.ReplayAfter!.Value;
        var page = await feed.ReadAsync(records.OrganizationId, new FeedQuery(after, PortionSize), cancellationToken);
        var deliveries = DeliveriesOf(webhook, [.. page.Changes.Where(change => change.Sequence <= webhook.ReplayUntil)])
            .Take(webhook.ReplayLeft)
            .ToList();
        var next = Math.Max(page.Next, page.Removed);
        var left = webhook.ReplayLeft - deliveries.Count;
        var isDone = next >= webhook.ReplayUntil || next == after || left == 0;
        await RunReplayAsync(
            webhook,
            async unit =>
            {
                // What is still on its way is not sent twice.
                var pending = unit.Read(
                    $"""
                    select event_id from webhook_deliveries
                    where organization_id = {unit.OrganizationId} and webhook_id = {webhook.Id} and status = 'pending'
                        and record_id = any({deliveries.Select(delivery => delivery.RecordId).Distinct()})
                    """,
                    row => row.GetString(0));
                await unit.SendAsync();
                Insert(unit, WebhookTrigger.Replay, deliveries.FindAll(delivery => !pending.Contains(delivery.EventId)));
                return (isDone, next, left);
            },
            cancellationToken);
        return !isDone;
    }

    private async Task<bool> ReplayFailedAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var isDone = true;
        await RunReplayAsync(
            webhook,
            async unit =>
            {
                var replayed = unit.Read(
                    $"""
                    with failed as (
                        select id from webhook_deliveries
                        where organization_id = {unit.OrganizationId} and webhook_id = {webhook.Id} and status = 'failed'
                            and sequence > {webhook.ReplayAfter!.Value} and sequence <= {webhook.ReplayUntil}
                            and last_attempt_at < {webhook.ReplayRequestedAt}
                        order by id
                        limit {Math.Min(PortionSize, webhook.ReplayLeft)}
                    )
                    update webhook_deliveries
                    set status = 'pending', trigger = 'replay', attempts = 0, next_attempt_at = now()
                    from failed
                    where webhook_deliveries.organization_id = {unit.OrganizationId} and webhook_deliveries.id = failed.id
                    returning true
                    """,
                    row => row.GetBoolean(0));
                await unit.SendAsync();
                var left = webhook.ReplayLeft - replayed.Count;
                isDone = replayed.Count == 0 || left == 0;
                return (isDone, webhook.ReplayAfter!.Value, left);
            },
            cancellationToken);
        return !isDone;
    }

    /// <summary>Runs a part of a replay, unless another server has done so.</summary>
    private Task RunReplayAsync(
        Webhook webhook, Func<Unit, Task<(bool IsDone, long Next, int Left)>> replay, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async unit =>
            {
                var locked = unit.Read(
                    $"""
                    select id from webhooks
                    where organization_id = {unit.OrganizationId} and id = {webhook.Id} and is_active and deleted_at is null
                        and replay_after = {webhook.ReplayAfter} and replay_left = {webhook.ReplayLeft}
                        and replay_requested_at = {webhook.ReplayRequestedAt}
                    for no key update
                    """,
                    row => row.GetGuid(0));
                await unit.SendAsync();
                if (locked.Count > 0)
                {
                    var (isDone, next, left) = await replay(unit);
                    long? position = isDone ? null : next;
                    unit.Execute(
                        $"""
                        update webhooks set replay_after = {position}::bigint, replay_left = {left}
                        where organization_id = {unit.OrganizationId} and id = {webhook.Id}
                        """);
                }

                return Result.Done;
            },
            cancellationToken);

    private static IEnumerable<NewDelivery> DeliveriesOf(Webhook webhook, IReadOnlyList<FeedChange> changes)
    {
        var filter = EventFilter.Parse(webhook.EventTypes)!;
        foreach (var change in changes.Where(change => Touches(change, webhook.Changed)))
        {
            foreach (var type in filter.TypesOf(new SeenChange(change, ViewerId: null)))
            {
                yield return new NewDelivery(
                    webhook.Id, EventResponse.IdOf(change, type), type.Name, change.Id, change.RecordId, change.Sequence);
            }
        }
    }

    /// <summary>Whether a change touches one of some members. A new or deleted record touches all.</summary>
    private static bool Touches(FeedChange change, string[] members) =>
        members.Length == 0
        || !change.Type.EndsWith(":updated", StringComparison.Ordinal)
        || JsonElement.Parse(change.Changed.Span).EnumerateArray().Select(member => member.GetString()!).Any(changed =>
            Array.Exists(members, member => changed == member || changed.StartsWith(member + ".", StringComparison.Ordinal)));

    private static void Insert(Unit unit, string trigger, List<NewDelivery> deliveries)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        // The IDs get the order of the events.
        deliveries = [.. deliveries.OrderBy(delivery => delivery.Sequence)];
        var ids = deliveries.ConvertAll(_ => unit.Stamp.Ids.Next());
        unit.Execute(
            $"""
            insert into webhook_deliveries (
                organization_id, id, webhook_id, event_id, event_type, change_id, record_id, sequence, trigger, status, attempts,
                next_attempt_at, created_at, updated_at, revision)
            select {unit.OrganizationId}, u.id, u.webhook_id, u.event_id, u.event_type, u.change_id, u.record_id, u.sequence, {trigger},
                'pending', 0, now(), now(), now(), 1
            from unnest(
                {ids}, {deliveries.Select(delivery => delivery.WebhookId)}, {deliveries.Select(delivery => delivery.EventId)},
                {deliveries.Select(delivery => delivery.EventType)}, {deliveries.Select(delivery => delivery.ChangeId)},
                {deliveries.Select(delivery => delivery.RecordId)}, {deliveries.Select(delivery => delivery.Sequence).ToArray()})
                as u (id, webhook_id, event_id, event_type, change_id, record_id, sequence)
            """);
    }

    private sealed record NewDelivery(Ulid WebhookId, string EventId, string EventType, Ulid ChangeId, Ulid RecordId, long Sequence);
}
