using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Thena.Accounts.Api.Authentication;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Changes;
using Thena.Accounts.Api.Conditions;
using Thena.Accounts.Api.Deadlines;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.Events;
using Thena.Accounts.Api.Intake;
using Thena.Accounts.Api.Logging;
using Thena.Accounts.Api.Middleware;
using Thena.Accounts.Api.Moving;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Api.OpenApi.Page;
using Thena.Accounts.Api.RateLimits;
using Thena.Accounts.Api.Responses;
using Thena.Accounts.Api.Settings;
using Thena.Accounts.Api.Webhooks;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Moving;
using Thena.Accounts.Postgres.Idempotency;

namespace Thena.Accounts.Api.Hosting;

/// <summary>Builds the server.</summary>
internal static class ServerApplication
{
    private const string LiveTag = "live";
    private const string ReadyTag = "ready";

    /// <summary>
    /// Makes Kestrel end lines with CR LF only. A proxy that reads a bare LF in another way could be made to see other requests than the
    /// server does.
    /// </summary>
    private const string OnlyCrLfEndsLines = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    /// <summary>Builds the server without starting it.</summary>
    /// <param name="settings">The settings that are arguments of the program, by name.</param>
    /// <param name="logsToStandardError">Whether the log goes to stderr.</param>
    /// <exception cref="OptionsValidationException">A setting is not known, or its value is not valid.</exception>
    public static WebApplication Build(IReadOnlyCollection<KeyValuePair<string, string>> settings, bool logsToStandardError = false)
    {
        AppContext.SetSwitch(OnlyCrLfEndsLines, true);
        var builder = CreateBuilder(settings, logsToStandardError);
        builder.Host.UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true);
        builder.WebHost.ConfigureKestrel(ConfigureKestrel);

        // Reports to systemd that the server is ready, if systemd has started it.
        builder.Services.AddSystemd();
        builder.Services.AddSingleton<StartReport>();
        builder.Services.AddHostedService<DatabaseStartup>();
        builder.Services.AddHostedService<KeyUseWriter>();
        builder.Services.AddHostedService<OldRowSweeper<IdempotentRequestCleaner>>();
        builder.Services.AddHostedService<ChangeKeeper>();
        builder.Services.AddHostedService<StatisticsKeeper>();
        builder.Services.AddHostedService<IndexKeeper>();
        builder.Services.AddHostedService<MemoryTrimmer>();
        builder.Services.AddWebhooks();
        builder.Services.AddHostedService<OldRowSweeper<WebhookDeliveryCleaner>>();
        builder.Services.AddSingleton<DevelopmentKey>();
        builder.Services.AddCors();
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddSingleton<RequestCounter>();
        builder.Services.AddSingleton<ExportLimits>();
        builder.Services.AddSingleton<HeavyRequests>();
        builder.Services.AddSingleton<FeedReaders>();
        builder.Services.AddSingleton<ChangeMetrics>();
        builder.Services.AddApi();
        ListenAddresses.Check(builder.Configuration);

        var app = builder.Build();
        app.UsePipeline();

        // Nothing else asks for it: it only has to be there.
        app.Services.GetRequiredService<ChangeMetrics>();
        return app;
    }

    /// <summary>Begins the server, or a command: its settings, log and database.</summary>
    /// <inheritdoc cref="Build"/>
    public static WebApplicationBuilder CreateBuilder(
        IReadOnlyCollection<KeyValuePair<string, string>> settings, bool logsToStandardError)
    {
        var builder = WebApplication.CreateBuilder(
            // Watching the folder for changes of the settings takes long if it is large.
            ["--hostBuilder:reloadConfigOnChange=false", .. settings.Select(setting => $"--{setting.Key}={setting.Value}")]);
        builder.Services.AddDatabase(builder.Configuration);
        builder.Services.AddServerSettings(builder.Configuration);
        builder.Services.AddAccountsLogging(builder.Environment, logsToStandardError);
        builder.Services.CheckSettings(builder.Configuration, settings.Select(setting => setting.Key));
        return builder;
    }

    private static void AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
#if EMBEDDED_POSTGRES
        Development.EmbeddedDatabase.AddTo(services, configuration);
#endif
        services.AddSingleton<AccountsDatabase>();
        services.AddSingleton<DevelopmentOrganization>();
        services.AddAccounts(provider => provider.GetRequiredService<AccountsDatabase>().ConnectionString);
        services.AddMoving(configuration);
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // BodyIntake limits the size instead: it answers before the connection closes, and does not count chunk framing.
        kestrel.Limits.MaxRequestBodySize = null;

        // What a connection may have received before BodyIntake has room for it.
        kestrel.Limits.MaxRequestBufferSize = 64 * 1_024;

        // Clients that send their headers or body too slowly are cut off. BodyIntake asks for more from those with large bodies.
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <summary>Adds the way of a request. The order counts.</summary>
    private static void UsePipeline(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseResponseHeaders();
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(pages => ErrorWriter.WriteAsync(pages.HttpContext, pages.HttpContext.Response.StatusCode));
        app.UseAccountsOpenApi(() => app.Services.GetRequiredService<DevelopmentKey>().Value);
        app.UseRouting();
        app.UseMiddleware<DatabaseDeadlines>();
        app.UseAllowedOrigins();
        app.UseMiddleware<AddressLimits>();
        app.UseAuthentication();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseFixedPaths();
        app.UseAuthorization();
        app.UseQueryTextCheck();
        app.UseContentEncodingCheck();
        app.UseMiddleware<BodyIntake>();
        app.MapControllers().RequireAuthorization();
        app.MapHealth("/health/live", LiveTag);
        app.MapHealth("/health/ready", ReadyTag);
        app.MapReference();
        app.MapGet("/", () => Results.Redirect("/swagger")).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Maps a health check. It bypasses keys and rate limits, so that neither can make an instance look unhealthy.</summary>
    private static void MapHealth(this WebApplication app, string path, string tag) => app
        .MapHealthChecks(path, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(tag),
            ResponseWriter = (context, report) =>
            {
                context.Response.ContentType = "text/plain";
                return report.Status == HealthStatus.Unhealthy
                    ? ErrorWriter.WriteAsync(context, StatusCodes.Status503ServiceUnavailable)
                    : context.Response.WriteAsync(report.Status.ToString(), context.RequestAborted);
            },
        })
        .WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).AllowAnonymous().ShortCircuit();

    private static void AddApi(this IServiceCollection services)
    {
        services.AddControllers(mvc =>
        {
            // Bodies must be JSON and are never read as forms.
            mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.InputFormatters.Clear();
            mvc.InputFormatters.Add(new JsonBodyFormatter());
            mvc.OutputFormatters.Clear();
            mvc.ModelBinderProviders.Insert(0, new QueryValueBinderProvider());
            mvc.ModelBinderProviders.Insert(0, new IdBinder());
            mvc.ModelMetadataDetailsProviders.Add(new RequestMetadataProvider());
            mvc.ModelBindingMessageProvider.SetMissingRequestBodyRequiredValueAccessor(() => "Request body is required");
            mvc.Filters.Add(new DatabaseDeadlineFilter());
            mvc.Filters.Add(new ChangeOriginFilter());
            mvc.Filters.Add(new RequestConditionsFilter());
            mvc.MaxModelValidationErrors = int.MaxValue;
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        }).ConfigureApiBehaviorOptions(api =>
        {
            api.SuppressMapClientErrors = true;
            api.InvalidModelStateResponseFactory = InvalidRequest.Answer;
        });
        services.AddSingleton<IActionResultExecutor<ObjectResult>, JsonResultExecutor>();
        services.AddFluentValidationAutoValidation(validation => validation.DisableDataAnnotationsValidation = true);

        services.AddAuthentication(ApiKeyDefaults.Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthenticationHandler>(ApiKeyDefaults.Scheme, _ => { });
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new AccessRequirement()).Build());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessResultHandler>();

        services.AddExceptionHandler<ApiExceptionHandler>();
        services.AddSingleton<DatabaseHealthCheck>();
        services.AddHealthChecks()
            .AddCheck("process", () => HealthCheckResult.Healthy(), [LiveTag])
            .AddCheck<DatabaseHealthCheck>("database", tags: [ReadyTag]);
        services.AddAccountsOpenApi();
    }
}
