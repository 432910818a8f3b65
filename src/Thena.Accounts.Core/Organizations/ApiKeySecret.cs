using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Thena.Accounts.Core.Organizations;

/// <summary>The text of a key: a prefix that scanners for leaked secrets can know, and 256 random bits.</summary>
public static class ApiKeySecret
{
    private const string Marker = "thena_";
    private const int SecretBytes = 32;
    private const int PrefixLength = 12;

    /// <summary>Makes a key.</summary>
    public static string Create() => Marker + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Whether a text looks like a key, in whole or in part.</summary>
    public static bool IsKey(string? text) => text?.Contains(Marker, StringComparison.Ordinal) == true && text.Length >= Marker.Length + SecretBytes;

    /// <summary>What is kept of a key, and found by.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The part of a key that may be shown.</summary>
    public static string Prefix(string key) => key[..PrefixLength];
}
