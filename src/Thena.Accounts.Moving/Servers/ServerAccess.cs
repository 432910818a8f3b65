using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Moving.Servers;

/// <summary>Where another server is, and how it is asked.</summary>
/// <param name="Option">The option that names the server, such as <c>--from</c>.</param>
/// <param name="Address">The absolute URL, which ends with a slash.</param>
/// <param name="KeyVariable">The name of the environment variable that holds the key.</param>
/// <param name="Key">The key. It is sent to this server only, and never shown.</param>
internal sealed record ServerAccess(string Option, Uri Address, string KeyVariable, string Key)
{
    /// <summary>The name of the server, and its port if that is not the usual one.</summary>
    public string Name => Address.Authority;

    /// <summary>Reads the key from an environment variable.</summary>
    /// <param name="option">The option that names the server.</param>
    /// <param name="url">The URL of the server.</param>
    /// <param name="keyVariable">The name of the environment variable.</param>
    /// <exception cref="RecordSourceException">There is no key, or the URL is not one of HTTP.</exception>
    public static ServerAccess FromEnvironment(string option, string url, string keyVariable)
    {
        var key = Environment.GetEnvironmentVariable(keyVariable)?.Trim() ?? "";
        return !Uri.TryCreate(url, UriKind.Absolute, out var address)
                || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            ? throw new RecordSourceException($"{option} must be an absolute URL, such as https://api.example.com.")
            : key.Length == 0
            ? throw new RecordSourceException(
                $"The environment variable {keyVariable} is not set. Set it to an API key of the server at {address.Authority}.")
            : !key.All(letter => letter is > ' ' and <= '~')
            ? throw new RecordSourceException($"The environment variable {keyVariable} does not contain an API key.")
            : new ServerAccess(option, new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), keyVariable, key);
    }
}
