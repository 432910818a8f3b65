using Thena.Accounts.Core.Json;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>A webhook.</summary>
public record WebhookResponse : IVersioned
{
    /// <summary>The webhook's ID.</summary>
    public required string Id { get; init; }

    /// <summary>The URL to which events are sent.</summary>
    /// <example>https://hooks.acme.example/accounts</example>
    public required string Url { get; init; }

    /// <summary>The types of events.</summary>
    /// <example>["account:*", "customer-contact:created"]</example>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>The members of which an update has to change one. Empty for all updates.</summary>
    /// <example>["status", "health"]</example>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>What the webhook is for.</summary>
    /// <example>Keeps the warehouse up to date.</example>
    public required string? Description { get; init; }

    /// <summary>The headers that each request has, besides those of the server.</summary>
    /// <example>{"x-team": "platform"}</example>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body: <c>flat</c> or <c>message</c>.</summary>
    /// <example>flat</example>
    public required string Envelope { get; init; }

    /// <summary>Whether events are sent.</summary>
    /// <example>true</example>
    public required bool IsActive { get; init; }

    /// <summary>The time at which the server disabled the webhook, if it did.</summary>
    /// <example>2025-01-06T21:00:00.000Z</example>
    public required DateTimeOffset? DisabledAt { get; init; }

    /// <summary>
    /// Why the server disabled it: <c>gone</c> if the receiver has answered 410, <c>failing</c> after days without a success.
    /// </summary>
    /// <example>failing</example>
    public required string? DisabledReason { get; init; }

    /// <summary>The time of the first failure after the last success, if there is one.</summary>
    /// <example>2025-01-06T21:00:00.000Z</example>
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>The time until which requests are signed with the secret before too, if they are.</summary>
    /// <example>2025-01-06T21:00:00.000Z</example>
    public required DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>Whether a replay is under way.</summary>
    /// <example>false</example>
    public required bool IsReplaying { get; init; }

    /// <summary>The time at which the webhook was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Makes the response from a webhook.</summary>
    internal static WebhookResponse From(Webhook webhook) => new()
    {
        Id = WireFormat.Id(webhook.Id),
        Url = webhook.Url,
        EventTypes = webhook.EventTypes,
        Changed = webhook.Changed,
        Description = webhook.Description,
        Headers = WebhookHeaders.Read(webhook.Headers),
        Envelope = webhook.Envelope,
        IsActive = webhook.IsActive,
        DisabledAt = webhook.DisabledAt,
        DisabledReason = webhook.DisabledReason,
        FailingSince = webhook.FailingSince,
        PreviousSecretUntil = webhook.PreviousSecretUntil,
        IsReplaying = webhook.ReplayAfter is not null,
        CreatedAt = webhook.CreatedAt,
        UpdatedAt = webhook.UpdatedAt,
    };
}
