namespace Thena.Accounts.Core.Deliveries;

/// <summary>A delivery that this server has leased.</summary>
/// <param name="Id">The ID of the delivery.</param>
/// <param name="EventId">The ID of the event.</param>
/// <param name="EventType">The type of the event.</param>
/// <param name="ChangeId">The ID of the change; null for a test.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
/// <param name="IsTest">Whether it is a test.</param>
/// <param name="LeasedUntil">The end of the lease.</param>
internal sealed record ClaimedDelivery(
    Ulid Id, string EventId, string EventType, Ulid? ChangeId, int Attempt, bool IsTest, DateTimeOffset LeasedUntil);
