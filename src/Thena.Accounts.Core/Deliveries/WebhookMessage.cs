namespace Thena.Accounts.Core.Deliveries;

/// <summary>A request to a receiver.</summary>
/// <param name="Url">The URL.</param>
/// <param name="EventId">The ID of the event.</param>
/// <param name="Headers">The headers of the webhook.</param>
/// <param name="Secrets">The secrets that sign it, newest first.</param>
/// <param name="Body">The body.</param>
public sealed record WebhookMessage(
    Uri Url, string EventId, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> Secrets, byte[] Body);
