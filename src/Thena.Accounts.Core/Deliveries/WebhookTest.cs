namespace Thena.Accounts.Core.Deliveries;

/// <summary>The event that tests a webhook. It is in no feed.</summary>
internal static class WebhookTest
{
    /// <summary>The type of the event.</summary>
    public const string EventType = "webhook:test";
}
