using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Thena.Accounts.Core.Organizations;

/// <summary>The text of a key: a marker that secret scanners can recognize, followed by 256 random bits.</summary>
public static class ApiKeySecret
{
    private const string Marker = "thena_";
    private const int SecretBytes = 32;
    private const int PrefixLength = 12;

    /// <summary>Creates a random key.</summary>
    public static string Create() => Marker + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether a text looks like a key, in whole or in part.</summary>
    public static bool MayContainKey(string? text) =>
        text?.Contains(Marker, StringComparison.Ordinal) == true && text.Length >= Marker.Length + SecretBytes;

    /// <summary>Computes the hash that is stored, and by which a key is found.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Returns the part of a key that may be shown.</summary>
    public static string Prefix(string key) => key[..PrefixLength];
}
