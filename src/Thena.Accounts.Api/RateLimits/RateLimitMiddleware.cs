using System.Globalization;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.RateLimits;

/// <summary>
/// Counts the requests of each key, reports the limit in every authenticated response, and refuses requests above it
/// (contract: General, 429).
/// </summary>
internal sealed class RateLimitMiddleware(
    RequestDelegate next, RequestCounter counter, IOptions<RateLimitOptions> options, TimeProvider time)
{
    private readonly int _limit = options.Value.RequestsPerMinute;

    public Task InvokeAsync(HttpContext context)
    {
        if (_limit == 0 || context.Features.Get<Caller>() is not { } caller)
        {
            return next(context);
        }

        var (requests, resetAt) = counter.Count(caller.KeyId);

        // Set when the response starts, because the exception handler clears headers that are set earlier.
        context.Response.OnStarting(() =>
        {
            Describe(context, caller, Math.Max(0, _limit - requests), resetAt);
            return Task.CompletedTask;
        });
        if (requests <= _limit)
        {
            return next(context);
        }

        RequestMetrics.CountRefused(RequestLimits.Requests);
        var wait = TimeSpan.FromSeconds(resetAt - time.GetUtcNow().ToUnixTimeSeconds());
        return ErrorWriter.WriteAsync(context, StatusCodes.Status429TooManyRequests, wait);
    }

    private void Describe(HttpContext context, Caller caller, int remaining, long resetAt)
    {
        var headers = context.Response.Headers;
        headers[RateLimitHeaders.Limit] = _limit.ToString(CultureInfo.InvariantCulture);
        headers[RateLimitHeaders.Remaining] = remaining.ToString(CultureInfo.InvariantCulture);
        headers[RateLimitHeaders.Reset] = resetAt.ToString(CultureInfo.InvariantCulture);
        headers[RateLimitHeaders.Ip] = AddressLimits.AddressOf(context)?.ToString() ?? "";
        headers[RateLimitHeaders.UserId] = caller.UserId.ToString();
        headers[RateLimitHeaders.OrganizationId] = caller.OrganizationId.ToString();
        headers[RateLimitHeaders.Path] = context.Request.Path.ToUriComponent();
    }
}
