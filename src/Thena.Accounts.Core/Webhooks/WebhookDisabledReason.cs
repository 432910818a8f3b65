namespace Thena.Accounts.Core.Webhooks;

/// <summary>Why the server has disabled a webhook.</summary>
public static class WebhookDisabledReason
{
    /// <summary>The receiver has answered 410.</summary>
    public const string Gone = "gone";

    /// <summary>No attempt has succeeded for days.</summary>
    public const string Failing = "failing";
}
