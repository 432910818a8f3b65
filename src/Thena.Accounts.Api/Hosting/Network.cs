using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Conditions;
using Thena.Accounts.Api.Middleware;
using Thena.Accounts.Api.RateLimits;
using IPNetwork = System.Net.IPNetwork;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Applies the <see cref="NetworkOptions"/>.</summary>
internal static class Network
{
    /// <summary>Accepts the client address and the scheme that trusted proxies forward.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<NetworkOptions>>().Value.TrustedProxies;
        if (proxies.Count == 0)
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in proxies.Select(ParseProxy).OfType<IPNetwork>())
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Lets browsers call the server from the allowed origins.</summary>
    public static void UseAllowedOrigins(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<IOptions<NetworkOptions>>().Value.AllowedOrigins;
        if (origins.Count > 0)
        {
            app.UseCors(cors => cors
                .WithOrigins([.. origins])
                .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
                .WithHeaders(
                    ApiKeyDefaults.Header, HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, IdempotencyKeys.Header,
                    ResponseHeaders.RequestId)
                .WithExposedHeaders(
                    HeaderNames.ETag, HeaderNames.Link, PageHeaders.TotalCount, HeaderNames.RetryAfter, IdempotencyKeys.ReplayedHeader,
                    ResponseHeaders.RequestId, RateLimitHeaders.Limit, RateLimitHeaders.Remaining, RateLimitHeaders.Reset));
        }
    }

    /// <summary>Reads an address or a network, or returns <see langword="null"/>.</summary>
    public static IPNetwork? ParseProxy(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
