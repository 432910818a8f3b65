using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>
/// The deliveries that are due. A server leases them, sends them, and settles what came of it. If it stops in between, the lease ends, and
/// they are sent again. Times are those of the database, which all servers share.
/// </summary>
public sealed class DueDeliveries(
    Records records, Writes writes, DatabaseConnections connections, WebhookMessages messages)
{
    /// <summary>The seconds of a lease. More than an attempt can take.</summary>
    private const int LeaseSeconds = 120;

    /// <summary>Leases deliveries that are due. Of one record, only the first.</summary>
    /// <param name="room">Returns how many deliveries of a webhook there is room for, and whether its last attempt has failed.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<IReadOnlyList<WebhookAttempt>> ClaimAsync(Func<Ulid, bool, int> room, CancellationToken cancellationToken)
    {
        List<WebhookAttempt> attempts = [];
        foreach (var webhook in await records.ToListAsync(WithDue(), (webhook, _) => webhook, order: null, cancellationToken))
        {
            if (room(webhook.Id, webhook.FailingSince is not null) is > 0 and var limit)
            {
                var claimed = await ClaimAsync(webhook, limit, cancellationToken);
                attempts.AddRange(await messages.CreateAsync(webhook, claimed, cancellationToken));
            }
        }

        return attempts;
    }

    /// <summary>Returns the time until the next delivery is due; null if there is none.</summary>
    public async Task<TimeSpan?> ReadNextAsync(CancellationToken cancellationToken)
    {
        var next = await connections.ReadAsync(
            $"""
            select extract(epoch from min(due.at) - now())::double precision
            from webhooks w
            cross join lateral (
                select d.next_attempt_at as at from webhook_deliveries d
                where d.organization_id = {records.OrganizationId} and d.webhook_id = w.id and d.status = 'pending'
                    and d.next_attempt_at > now()
                order by d.next_attempt_at limit 1) due
            where w.organization_id = {records.OrganizationId} and w.is_active and w.deleted_at is null
            """,
            row => row.IsDBNull(0) ? (TimeSpan?)null : TimeSpan.FromSeconds(row.GetDouble(0)),
            cancellationToken);
        return next[0];
    }

    /// <summary>Settles an attempt.</summary>
    /// <returns>Whether the attempt has disabled the webhook.</returns>
    public async Task<bool> SettleAsync(WebhookAttempt attempt, WebhookOutcome outcome, CancellationToken cancellationToken)
    {
        var delay = outcome.IsSuccess || outcome.IsGone || attempt.IsTest
            ? null
            : WebhookRetries.DelayAfter(attempt.Number, outcome.RetryAfter);
        var status = outcome.IsSuccess ? WebhookDeliveryStatus.Delivered
            : delay is null ? WebhookDeliveryStatus.Failed
            : WebhookDeliveryStatus.Pending;
        var wait = (long?)delay?.TotalMilliseconds;
        var settled = await connections.ReadAsync(
            $"""
            update webhook_deliveries
            set status = {status}, attempts = {attempt.Number}, leased_until = null, last_attempt_at = now(), updated_at = now(),
                next_attempt_at = now() + {wait}::bigint * interval '1 millisecond',
                response_status = {outcome.Status}::integer, response = {outcome.Response}::text, error = {outcome.Error}::text,
                duration_ms = {(int)outcome.Duration.TotalMilliseconds}
            where organization_id = {records.OrganizationId} and id = {attempt.DeliveryId} and leased_until = {attempt.LeasedUntil}
            returning true
            """,
            row => row.GetBoolean(0),
            cancellationToken);
        if (settled.Count == 0)
        {
            // The lease has ended.
            return false;
        }

        var hasFailed = await NoteAsync(attempt, outcome, cancellationToken);
        return (hasFailed || outcome.IsGone)
            && await DisableAsync(
                attempt.WebhookId,
                outcome.IsGone ? WebhookDisabledReason.Gone : WebhookDisabledReason.Failing,
                cancellationToken);
    }

    /// <summary>Gives a delivery back that has not been sent.</summary>
    public Task ReleaseAsync(WebhookAttempt attempt, CancellationToken cancellationToken) => connections.ExecuteAsync(
        $"""
        update webhook_deliveries set leased_until = null
        where organization_id = {records.OrganizationId} and id = {attempt.DeliveryId} and leased_until = {attempt.LeasedUntil}
        """,
        cancellationToken);

    private Query<Webhook> WithDue() => records.Of<Webhook>().Where(nameof(Webhook.IsActive), true).Where(
        $"""
        exists (
            select from webhook_deliveries d
            where d.organization_id = {records.OrganizationId} and d.webhook_id = r.id and d.status = 'pending'
                and d.next_attempt_at <= now())
        """);

    private async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(Webhook webhook, int limit, CancellationToken cancellationToken)
    {
        var claimed = await connections.ReadAsync(
            $"""
            with due as (
                select d.id from webhook_deliveries d
                where d.organization_id = {records.OrganizationId} and d.webhook_id = {webhook.Id} and d.status = 'pending'
                    and d.next_attempt_at <= now() and (d.leased_until is null or d.leased_until < now())
                    and d.id = (
                        select first.id from webhook_deliveries first
                        where first.organization_id = {records.OrganizationId} and first.webhook_id = {webhook.Id}
                            and first.record_id = d.record_id and first.status = 'pending'
                        order by first.sequence, first.id
                        limit 1)
                order by d.next_attempt_at, d.id
                limit {limit}
                for update skip locked
            )
            update webhook_deliveries r set leased_until = now() + make_interval(secs => {LeaseSeconds})
            from due
            where r.organization_id = {records.OrganizationId} and r.id = due.id
            returning r.id, r.event_id, r.event_type, r.change_id, r.attempts, r.trigger, r.leased_until
            """,
            row => new ClaimedDelivery(
                new Ulid(row.GetGuid(0)),
                row.GetString(1),
                row.GetString(2),
                row.IsDBNull(3) ? null : new Ulid(row.GetGuid(3)),
                row.GetInt32(4) + 1,
                row.GetString(5) == WebhookTrigger.Test,
                new DateTimeOffset(row.GetDateTime(6))),
            cancellationToken);
        return [.. claimed.OrderBy(delivery => delivery.Id)];
    }

    /// <summary>Notes since when attempts fail.</summary>
    /// <returns>Whether they have failed for too long.</returns>
    private async Task<bool> NoteAsync(WebhookAttempt attempt, WebhookOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.IsSuccess)
        {
            await connections.ExecuteAsync(
                $"""
                update webhooks set failing_since = null
                where organization_id = {records.OrganizationId} and id = {attempt.WebhookId} and failing_since is not null
                """,
                cancellationToken);
            return false;
        }

        if (attempt.IsTest)
        {
            return false;
        }

        await connections.ExecuteAsync(
            $"""
            update webhooks set failing_since = now()
            where organization_id = {records.OrganizationId} and id = {attempt.WebhookId} and failing_since is null
            """,
            cancellationToken);
        return await connections.ReadAsync(
            $"""
            select true from webhooks
            where organization_id = {records.OrganizationId} and id = {attempt.WebhookId}
                and failing_since <= now() - make_interval(days => {WebhookRetries.MaxFailingDays})
            """,
            row => row.GetBoolean(0),
            cancellationToken) is [true];
    }

    /// <summary>Disables a webhook, and makes the event that tells of it.</summary>
    private async Task<bool> DisableAsync(Ulid webhookId, string reason, CancellationToken cancellationToken)
    {
        var result = await writes.RunAsync<bool>(
            async unit =>
            {
                var found = unit.Lock(unit.Of<Webhook>().Where(nameof(Webhook.Id), webhookId), RowLock.Change);
                await unit.SendAsync();
                if (found is not [{ IsActive: true } webhook])
                {
                    return false;
                }

                (webhook.IsActive, webhook.DisabledAt, webhook.DisabledReason) = (false, unit.Stamp.Now, reason);
                unit.Update(webhook);
                unit.AddEvent(Events.EventTypes.WebhookDisabled, webhook.Id, webhook.Revision, WebhookMessages.PayloadOf(webhook));
                return true;
            },
            cancellationToken);
        return result.TryGetValue(out var isDisabled, out _) && isDisabled;
    }
}
