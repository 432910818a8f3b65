using Microsoft.Extensions.Http.Resilience;
using Thena.Accounts.Api.Intake;
using Thena.Accounts.Api.Logging;
using Thena.Accounts.Api.Metrics;
using Thena.Accounts.Api.Moving;
using Thena.Accounts.Api.RateLimits;
using Thena.Accounts.Api.Settings;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Moving;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Idempotency;

namespace Thena.Accounts.Api.Hosting;

/// <summary>
/// The settings. Commands know those of the server as well: both read the same environment, and a mistake in it must not pass because one
/// of them does not use the setting.
/// </summary>
internal static class ServerSettings
{
    /// <summary>Adds all settings but those of the embedded PostgreSQL, which is not part of every build.</summary>
    public static void AddServerSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DemoOptions>(configuration, section: "");
        services.AddSettings<DatabaseOptions>(configuration, DatabaseOptions.Section);
        services.AddSettings<IdempotencyOptions>(configuration, IdempotencyOptions.Section);
        services.AddSettings<IngestOptions>(configuration, "Ingest");
        services.AddSettings<IntakeOptions>(configuration, IntakeOptions.Section);
        services.AddSettings<ExportLimitOptions>(configuration, ExportLimitOptions.Section);
        services.AddSettings<RateLimitOptions>(configuration, RateLimitOptions.Section);
        services.AddSettings<RequestLogOptions>(configuration, RequestLogOptions.Section);
        services.AddSettings<MetricsOptions>(configuration, MetricsOptions.Section);
        services.AddSettingsSection<HttpStandardResilienceOptions>(MovingRegistration.Section);
        services.AddSettings<ChangeOptions>(configuration, ChangeOptions.Section).Validate(
            options => options.HistoryRetentionDays >= options.FeedRetentionDays,
            "Changes__HistoryRetentionDays must be at least Changes__FeedRetentionDays: the feed shows what the history keeps.");
        services.AddSettings<WebhookOptions>(configuration, WebhookOptions.Section).Validate(
            webhooks => webhooks.AreNetworksValid, "Webhooks:AllowedNetworks needs addresses or networks such as 10.0.0.0/8.");
        services.AddSettings<NetworkOptions>(configuration, NetworkOptions.Section)
            .Validate(
                network => network.TrustedProxies.All(proxy => Network.ParseProxy(proxy) is not null),
                "Network:TrustedProxies needs addresses or networks such as 10.0.0.0/8.")
            .Validate(
                network => network.AllowedOrigins.All(
                    origin => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == origin),
                "Network:AllowedOrigins needs origins such as https://app.example.com, without a path.");
    }
}
