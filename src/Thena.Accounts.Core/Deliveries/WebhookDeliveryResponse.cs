using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.ReferenceData;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>An event for a webhook: whether it has arrived, and what the receiver has answered.</summary>
public sealed record WebhookDeliveryResponse
{
    /// <summary>The delivery's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The webhook's ID.</summary>
    public required string WebhookId { get; init; }

    /// <summary>The event's ID, which is sent as <c>webhook-id</c> on each attempt.</summary>
    public required string EventId { get; init; }

    /// <summary>The type of the event.</summary>
    /// <example>account:updated</example>
    public required string EventType { get; init; }

    /// <summary>What has caused the delivery: <c>event</c>, <c>replay</c>, <c>retry</c> or <c>test</c>.</summary>
    /// <example>event</example>
    public required string Trigger { get; init; }

    /// <summary>
    /// The state: <c>pending</c> while it is sent or waits, <c>delivered</c> after an answer of 200 to 299, <c>failed</c> if there are no
    /// more attempts.
    /// </summary>
    /// <example>delivered</example>
    public required string Status { get; init; }

    /// <summary>The number of attempts.</summary>
    /// <example>1</example>
    public required int Attempts { get; init; }

    /// <summary>The time of the next attempt, if there is one.</summary>
    /// <example>2025-01-06T21:00:00.000Z</example>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The time of the last attempt.</summary>
    /// <example>2025-01-06T21:00:00.000Z</example>
    public required DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>The duration of the last attempt, in milliseconds.</summary>
    /// <example>84</example>
    public required int? DurationMs { get; init; }

    /// <summary>The HTTP status of the last answer.</summary>
    /// <example>204</example>
    public required int? ResponseStatus { get; init; }

    /// <summary>The beginning of the last answer's body, up to 1 KB.</summary>
    /// <example>OK</example>
    public required string? Response { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    /// <example>The receiver answered 500.</example>
    public required string? Error { get; init; }

    /// <summary>The time at which the delivery was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Makes the response from a delivery.</summary>
    internal static WebhookDeliveryResponse From(WebhookDelivery delivery, References references) => new()
    {
        Id = WireFormat.Id(delivery.Id),
        WebhookId = WireFormat.Id(delivery.WebhookId),
        EventId = delivery.EventId,
        EventType = delivery.EventType,
        Trigger = delivery.Trigger,
        Status = delivery.Status,
        Attempts = delivery.Attempts,
        NextAttemptAt = delivery.NextAttemptAt,
        LastAttemptAt = delivery.LastAttemptAt,
        DurationMs = delivery.DurationMs,
        ResponseStatus = delivery.ResponseStatus,
        Response = delivery.Response,
        Error = delivery.Error,
        CreatedAt = delivery.CreatedAt,
    };
}
