using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>
/// Limits the requests without a valid key by client address (contract: General, 429). Look-ups of keys in the database are limited before
/// they are made, except those of keys that have been valid on this server. They are counted apart, and those of valid keys not at all: so
/// a client that has no key, or repeats a wrong one, keeps no other out that shares its address. Health checks are answered before, and
/// requests with a valid key have a limit of their own.
/// </summary>
internal sealed class AddressLimits(
    RequestDelegate next, ApiKeyAuthenticator authenticator, IOptions<RateLimitOptions> options, TimeProvider time)
{
    private const int BitsOfNetwork = 64;

    private readonly AddressBudgets _lookUps = new(options.Value.RequestsPerMinuteWithoutKey, time);
    private readonly AddressBudgets _refusals = new(options.Value.RequestsPerMinuteWithoutKey, time);

    public async Task InvokeAsync(HttpContext context)
    {
        var network = NetworkOf(AddressOf(context));
        var needsLookUp = ApiKeyDefaults.KeyOf(context.Request) is { } key
            && await authenticator.NeedsLookUpAsync(key, context.RequestAborted);
        if (needsLookUp && !_lookUps.TryTake(network, out var wait))
        {
            RequestMetrics.CountRefused(RequestLimits.KeyLookUps);
            await ErrorWriter.WriteAsync(context, StatusCodes.Status429TooManyRequests, wait);
            return;
        }

        await context.AuthenticateAsync();
        if (context.Features.Get<Caller>() is null)
        {
            if (!_refusals.TryTake(network, out wait))
            {
                RequestMetrics.CountRefused(RequestLimits.RequestsWithoutKey);
                await ErrorWriter.WriteAsync(context, StatusCodes.Status429TooManyRequests, wait);
                return;
            }
        }
        else if (needsLookUp)
        {
            _lookUps.GiveBack(network);
        }

        await next(context);
    }

    /// <summary>Returns the address of the client, an IPv4 address as such.</summary>
    public static IPAddress? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4(),
        var address => address,
    };

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
