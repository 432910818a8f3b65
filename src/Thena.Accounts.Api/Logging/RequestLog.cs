using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using Serilog.Events;
using Serilog.Parsing;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.RateLimits;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Logging;

/// <summary>
/// Logs one line per request: the route instead of the path, and neither bodies nor keys nor email addresses. Health checks leave no line.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, Serilog.ILogger logger, TimeProvider time, IOptions<RequestLogOptions> options)
{
    private const string None = "(none)";

    private static readonly MessageTemplate Template = new MessageTemplateParser().Parse(
        "{RequestMethod:l} {Route:l} {StatusCode} in {Elapsed:0.0} ms, key {KeyPrefix:l} of {OrganizationId:l}, request {RequestId:l}");

    /// <summary>Handles a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var level = LevelOf(context);
            if (logger.IsEnabled(level))
            {
                Write(context, level, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }
    }

    private static LogEventLevel LevelOf(HttpContext context)
    {
        var hasFailed = context.Response.StatusCode >= StatusCodes.Status500InternalServerError;
        return context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            ? hasFailed ? LogEventLevel.Warning : LogEventLevel.Verbose
            : hasFailed ? LogEventLevel.Error : LogEventLevel.Information;
    }

    private void Write(HttpContext context, LogEventLevel level, double milliseconds)
    {
        var caller = context.Features.Get<Caller>();
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        List<LogEventProperty> properties =
        [
            Property("RequestMethod", context.Request.Method),
            Property("Route", (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? None),
            Property("StatusCode", context.Response.StatusCode),
            Property("Elapsed", milliseconds),
            Property("KeyPrefix", caller?.KeyPrefix ?? PrefixWithoutCaller(context) ?? None),
            Property("OrganizationId", caller?.OrganizationId.ToString() ?? None),
            Property("RequestId", context.TraceIdentifier),
        ];
        AddBytes(properties, "RequestBytes", context.Request.ContentLength);
        AddBytes(properties, "ResponseBytes", context.Response.ContentLength);
        if (options.Value.ClientAddress && AddressLimits.AddressOf(context) is { } address)
        {
            properties.Add(Property("ClientAddress", address.ToString()));
        }

        var activity = Activity.Current;
        logger.Write(new LogEvent(
            time.GetLocalNow(), level, exception: null, Template, properties, activity?.TraceId ?? default, activity?.SpanId ?? default));
    }

    /// <summary>Returns the prefix of a key that could not be looked up, so that its owner can be told. Other keys are not valid.</summary>
    private static string? PrefixWithoutCaller(HttpContext context) =>
        context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable && ApiKeyDefaults.KeyOf(context.Request) is { } key
            && ApiKeySecret.MayContainKey(key)
                ? ApiKeySecret.Prefix(key)
                : null;

    private static void AddBytes(List<LogEventProperty> properties, string name, long? bytes)
    {
        if (bytes is { } known)
        {
            properties.Add(Property(name, known));
        }
    }

    private static LogEventProperty Property(string name, object value) => new(name, new ScalarValue(value));
}
