using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Thena.Accounts.Api.Logging;

/// <summary>Sets up the log.</summary>
internal static class ServerLogging
{
    /// <summary>Adds logging: plain text in Development, one JSON object per line elsewhere.</summary>
    public static void AddAccountsLogging(this IServiceCollection services, IHostEnvironment environment, bool logsToStandardError) =>
        services.AddSerilog((provider, logger) =>
        {
            LogEventLevel? toStandardError = logsToStandardError ? LogEventLevel.Verbose : null;
            logger
                .MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
                // The code that handles these exceptions logs those that are faults.
                .MinimumLevel.Override("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogEventLevel.Fatal)
                .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
                // A server that cannot start ends with one line.
                .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
                // The health check itself logs a warning.
                .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
                // It warns that its keys, which are in the database, are not encrypted.
                .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
                // An import tells each repeated request in one line.
                .MinimumLevel.Override("Polly", LogEventLevel.Fatal)
                .ReadFrom.Configuration(provider.GetRequiredService<IConfiguration>())
                .ReadFrom.Services(provider)
                .Enrich.FromLogContext()
                .Enrich.With<PathRedaction>();
            if (environment.IsDevelopment())
            {
                logger.WriteTo.Console(
                    formatProvider: System.Globalization.CultureInfo.InvariantCulture, standardErrorFromLevel: toStandardError);
            }
            else if (logsToStandardError)
            {
                logger.WriteTo.Console(new RenderedCompactJsonFormatter(), standardErrorFromLevel: toStandardError);
            }
            else
            {
                logger.WriteTo.Sink(new BatchedConsoleSink(), BatchedConsoleSink.Options);
            }
        }, preserveStaticLogger: true);
}
