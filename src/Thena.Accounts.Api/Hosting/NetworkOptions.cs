namespace Thena.Accounts.Api.Hosting;

/// <summary>Whom the server trusts beyond its own address. By default nobody.</summary>
internal sealed class NetworkOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Network";

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>-Proto</c> count: addresses or networks such as <c>10.0.0.0/8</c>.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Web pages of which origins may call the server from a browser, such as <c>https://app.example.com</c>.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}
