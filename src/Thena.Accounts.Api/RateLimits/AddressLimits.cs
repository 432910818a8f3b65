using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>
/// Limits the requests without a valid key by client address (contract: General, 429). Health checks are answered before, and requests
/// with a valid key have a limit of their own.
/// </summary>
internal static class AddressLimits
{
    private const int BitsOfNetwork = 64;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Adds the limiter.</summary>
    public static void AddAddressLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = (context, _) =>
            new ValueTask(ErrorWriter.WriteAsync(
                context.HttpContext,
                StatusCodes.Status429TooManyRequests,
                context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window)));
        services.AddOptions<Microsoft.AspNetCore.RateLimiting.RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>(
            (limiter, options) => limiter.GlobalLimiter = Create(options.Value.RequestsPerMinuteWithoutKey));
    }

    /// <summary>Limits the requests without a valid key.</summary>
    public static void UseAddressLimits(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Features.Get<Caller>() is null, unknown => unknown.UseRateLimiter());

    /// <summary>Returns the address of the client, an IPv4 address as such.</summary>
    public static IPAddress? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4(),
        var address => address,
    };

    private static PartitionedRateLimiter<HttpContext> Create(int limit) => PartitionedRateLimiter.Create<HttpContext, IPAddress>(
        context => limit == 0
            ? RateLimitPartition.GetNoLimiter(IPAddress.None)
            : RateLimitPartition.GetTokenBucketLimiter(
                NetworkOf(AddressOf(context)),
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = limit,
                    TokensPerPeriod = 1,
                    ReplenishmentPeriod = Window / limit,
                }));

    /// <summary>An IPv6 client can use any address of its network, so the whole network counts as one client.</summary>
    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(BitsOfNetwork / 8).Clear();
        return new IPAddress(bytes);
    }
}
