namespace Thena.Accounts.Core.Deliveries;

/// <summary>What has caused a delivery.</summary>
public static class WebhookTrigger
{
    /// <summary>The event itself.</summary>
    public const string Event = "event";

    /// <summary>A replay.</summary>
    public const string Replay = "replay";

    /// <summary>A request to retry it.</summary>
    public const string Retry = "retry";

    /// <summary>A request to test the webhook.</summary>
    public const string Test = "test";
}
