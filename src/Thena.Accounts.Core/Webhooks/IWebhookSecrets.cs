namespace Thena.Accounts.Core.Webhooks;

/// <summary>Encrypts secrets for the database.</summary>
public interface IWebhookSecrets
{
    /// <summary>Encrypts a secret.</summary>
    string Protect(string secret);

    /// <summary>Decrypts a secret.</summary>
    /// <returns>The secret; null if the key that encrypted it is not known.</returns>
    string? Unprotect(string secret);
}
