using System.Text;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Idempotency;

namespace Thena.Accounts.Api.Conditions;

/// <summary>Encrypts responses that show a secret before they are stored, to be sent again.</summary>
internal static class StoredSecrets
{
    /// <summary>Returns a response whose body is encrypted.</summary>
    public static SerializedResponse Hide(SerializedResponse response, IWebhookSecrets secrets) =>
        response with { Body = Encoding.UTF8.GetBytes(secrets.Protect(Encoding.UTF8.GetString(response.Body))) };

    /// <summary>Returns a stored response with its body in plain text. What has been encrypted is not JSON.</summary>
    public static SerializedResponse Reveal(SerializedResponse stored, IWebhookSecrets secrets) =>
        stored.Body is [] or [(byte)'{' or (byte)'[' or (byte)'"', ..]
            ? stored
            : stored with { Body = Encoding.UTF8.GetBytes(secrets.Unprotect(Encoding.UTF8.GetString(stored.Body)) ?? "") };
}
