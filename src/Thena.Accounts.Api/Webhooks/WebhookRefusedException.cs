namespace Thena.Accounts.Api.Webhooks;

/// <summary>Webhooks are not sent to the address of a host.</summary>
internal sealed class WebhookRefusedException(string message) : IOException(message);
