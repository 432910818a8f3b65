namespace Thena.Accounts.Core.Deliveries;

/// <summary>The state of a delivery.</summary>
public static class WebhookDeliveryStatus
{
    /// <summary>It is being sent, or waits for its turn or for the next attempt.</summary>
    public const string Pending = "pending";

    /// <summary>The receiver has answered with a status of 200 to 299.</summary>
    public const string Delivered = "delivered";

    /// <summary>The last attempt has failed.</summary>
    public const string Failed = "failed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Pending, Delivered, Failed];
}
