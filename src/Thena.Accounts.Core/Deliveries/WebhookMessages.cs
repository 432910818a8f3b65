using System.Text;
using System.Text.Json;
using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Reading;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>Makes the requests of deliveries.</summary>
public sealed class WebhookMessages(Records records, ChangeHistory history, IWebhookSecrets secrets, TimeProvider time)
{
    /// <summary>Returns the payload of an event about a webhook.</summary>
    internal static string PayloadOf(Webhook webhook)
    {
        var json = JsonSerializer.Serialize(WebhookResponse.From(webhook), WireJson.Options.GetTypeInfo(typeof(WebhookResponse)));
        return $$"""{"webhook":{{json}}}""";
    }

    /// <summary>Makes the requests of deliveries of a webhook.</summary>
    internal async Task<IReadOnlyList<WebhookAttempt>> CreateAsync(
        Webhook webhook, IReadOnlyList<ClaimedDelivery> deliveries, CancellationToken cancellationToken)
    {
        var (keys, bodies) = (SecretsOf(webhook), await WriteBodiesAsync(webhook, deliveries, cancellationToken));
        return
        [
            .. deliveries.Select(delivery =>
            {
                var body = bodies.GetValueOrDefault(delivery.Id);
                var problem = keys is null ? "The secret cannot be decrypted. Rotate it."
                    : body is null ? "The event is no longer kept."
                    : null;
                return new WebhookAttempt(
                    delivery.Id,
                    webhook.Id,
                    delivery.LeasedUntil,
                    delivery.Attempt,
                    delivery.IsTest,
                    problem is null
                        ? new WebhookMessage(
                            new Uri(webhook.Url), delivery.EventId, WebhookHeaders.Read(webhook.Headers), keys!, Wrap(webhook, body!))
                        : null,
                    problem);
            }),
        ];
    }

    private string[]? SecretsOf(Webhook webhook)
    {
        var isPreviousUsed = webhook.PreviousSecretUntil > time.GetUtcNow();
        string[] stored = isPreviousUsed ? [webhook.Secret, webhook.PreviousSecret!] : [webhook.Secret];
        string[] keys = [.. stored.Select(secrets.Unprotect).OfType<string>()];
        return keys.Length == stored.Length ? keys : null;
    }

    private async Task<Dictionary<Ulid, byte[]>> WriteBodiesAsync(
        Webhook webhook, IReadOnlyList<ClaimedDelivery> deliveries, CancellationToken cancellationToken)
    {
        List<Ulid> ids = [.. deliveries.Select(delivery => delivery.ChangeId).OfType<Ulid>().Distinct()];
        if (ids.Count == 0)
        {
            return deliveries.ToDictionary(delivery => delivery.Id, delivery => Write(TestOf(webhook, delivery)));
        }

        var changes = (await history.FindAllAsync(records.OrganizationId, ids, cancellationToken)).ToDictionary(change => change.Id);
        return await records.NameAsync(
            references =>
            {
                Dictionary<Ulid, byte[]> bodies = [];
                foreach (var delivery in deliveries)
                {
                    if (delivery.ChangeId is not { } id)
                    {
                        bodies[delivery.Id] = Write(TestOf(webhook, delivery));
                    }
                    else if (changes.GetValueOrDefault(id) is { } change && Events.EventTypes.Find(delivery.EventType) is { } type)
                    {
                        bodies[delivery.Id] = Write(
                            EventResponse.From(new SeenChange(change, ViewerId: null), type, records.OrganizationId, references));
                    }
                }

                return bodies;
            },
            cancellationToken);
    }

    private static EventResponse TestOf(Webhook webhook, ClaimedDelivery delivery) => new()
    {
        EventId = delivery.EventId,
        EventType = delivery.EventType,
        Timestamp = WireFormat.IdOrNone(delivery.EventId).Time,
        OrgId = WireFormat.Id(webhook.OrganizationId),
        Actor = new EventActor(null, EventActor.System, null),
        Payload = new RawJson(PayloadOf(webhook)),
        Metadata = new EventMetadata(0, [], null, null, ChangeSource.System),
    };

    private static byte[] Write(EventResponse response) =>
        JsonSerializer.SerializeToUtf8Bytes(response, WireJson.Options.GetTypeInfo(typeof(EventResponse)));

    private static byte[] Wrap(Webhook webhook, byte[] body) => webhook.Envelope == WebhookEnvelope.Message
        ? [.. Encoding.UTF8.GetBytes("{\"message\":"), .. body, (byte)'}']
        : body;
}
