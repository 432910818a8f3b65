namespace Thena.Accounts.Api.Hosting;

/// <summary>The proxies and browser origins that the server trusts. By default, there are none.</summary>
internal sealed class NetworkOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Network";

    /// <summary>The proxies whose <c>X-Forwarded-*</c> headers are trusted: addresses, or networks such as <c>10.0.0.0/8</c>.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>The origins whose web pages may call the server, such as <c>https://app.example.com</c>.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}
