using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>Signs requests as Standard Webhooks 1.0 says.</summary>
public static class WebhookSignature
{
    /// <summary>The start of a secret. The rest is its key in Base64.</summary>
    public const string SecretPrefix = "whsec_";

    /// <summary>Returns the value of the header <c>webhook-signature</c>: one signature for each secret, separated by blanks.</summary>
    /// <param name="id">The ID of the event.</param>
    /// <param name="timestamp">The time of the attempt, in UNIX seconds.</param>
    /// <param name="body">The bytes that are sent.</param>
    /// <param name="secrets">The secrets, newest first.</param>
    public static string Create(string id, long timestamp, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        var start = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] content = [.. start, .. body];
        return string.Join(' ', secrets.Select(secret =>
            $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), content))}"));
    }
}
