namespace Thena.Accounts.Core.Deliveries;

/// <summary>An attempt of a delivery, which this server has to itself until its lease ends.</summary>
/// <param name="DeliveryId">The ID of the delivery.</param>
/// <param name="WebhookId">The ID of the webhook.</param>
/// <param name="LeasedUntil">The end of the lease, by which it is known.</param>
/// <param name="Number">The number of the attempt, from 1.</param>
/// <param name="IsTest">Whether it is a test, which is sent once.</param>
/// <param name="Message">The request; null if it cannot be sent.</param>
/// <param name="Problem">Why it cannot be sent.</param>
public sealed record WebhookAttempt(
    Ulid DeliveryId, Ulid WebhookId, DateTimeOffset LeasedUntil, int Number, bool IsTest, WebhookMessage? Message, string? Problem);
