using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Serilog.Events;
using Serilog.Parsing;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// Logs one line per request: the route instead of the path, and neither bodies nor keys nor email addresses. Health checks leave no line.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, Serilog.ILogger logger, TimeProvider time)
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

    private static LogEventLevel LevelOf(HttpContext context) =>
        context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? LogEventLevel.Error
        : context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) ? LogEventLevel.Verbose
        : LogEventLevel.Information;

    private void Write(HttpContext context, LogEventLevel level, double milliseconds)
    {
        var caller = context.Features.Get<Caller>();
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        logger.Write(new LogEvent(time.GetLocalNow(), level, exception: null, Template,
        [
            Property("RequestMethod", context.Request.Method),
            Property("Route", (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? None),
            Property("StatusCode", context.Response.StatusCode),
            Property("Elapsed", milliseconds),
            Property("KeyPrefix", caller?.KeyPrefix ?? None),
            Property("OrganizationId", caller?.OrganizationId.ToString() ?? None),
            Property("RequestId", context.TraceIdentifier),
        ]));
    }

    private static LogEventProperty Property(string name, object value) => new(name, new ScalarValue(value));
}
