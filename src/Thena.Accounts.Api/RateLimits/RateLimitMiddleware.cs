using System.Globalization;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>Counts the requests of each key, says so in every authenticated answer, and refuses those beyond the limit (contract: General, 429).</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RequestCounter counter, IOptions<RateLimitOptions> options, TimeProvider time)
{
    private readonly int _limit = options.Value.RequestsPerMinute;

    public Task InvokeAsync(HttpContext context)
    {
        if (_limit == 0 || context.Features.Get<Caller>() is not { } caller)
        {
            return next(context);
        }

        var (requests, resetAt) = counter.Count(caller.KeyId);

        // Not before the answer starts: a fault would clear what has been set.
        context.Response.OnStarting(() =>
        {
            Describe(context, caller, Math.Max(0, _limit - requests), resetAt);
            return Task.CompletedTask;
        });
        if (requests <= _limit)
        {
            return next(context);
        }

        var wait = Math.Max(1, resetAt - time.GetUtcNow().ToUnixTimeSeconds());
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return ErrorWriter.WriteAsync(context, StatusCodes.Status429TooManyRequests);
    }

    private void Describe(HttpContext context, Caller caller, int remaining, long resetAt)
    {
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = _limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = resetAt.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-IP"] = ClientAddress(context);
        headers["X-RateLimit-UserID"] = caller.UserId.ToString();
        headers["X-RateLimit-OrgID"] = caller.OrganizationId.ToString();
        headers["X-RateLimit-Path"] = context.Request.Path.ToUriComponent();
    }

    private static string ClientAddress(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4().ToString(),
        { } address => address.ToString(),
        null => "",
    };
}
