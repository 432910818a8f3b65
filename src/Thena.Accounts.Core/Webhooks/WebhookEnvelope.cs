namespace Thena.Accounts.Core.Webhooks;

/// <summary>What the body of a request to a webhook is.</summary>
public static class WebhookEnvelope
{
    /// <summary>The event.</summary>
    public const string Flat = "flat";

    /// <summary>An object with the event in <c>message</c>, as receivers of the hosted platform read it.</summary>
    public const string Message = "message";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Flat, Message];
}
