using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Core.Webhooks;
using Thena.Accounts.Postgres.Secrets;

namespace Thena.Accounts.Api.Webhooks;

/// <summary>Registers webhooks.</summary>
internal static class WebhookRegistration
{
    /// <summary>Adds the services. The database must be opened by a hosted service that was added before.</summary>
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<SecretKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, DatabaseKeyRepository>();
        services.AddDataProtection().SetApplicationName("Thena.Accounts");
        services.AddSingleton<IWebhookSecrets, DataProtectionSecrets>();
        services.AddSingleton<IHostResolver, SystemHostResolver>();
        services.AddSingleton<WebhookTargets>();
        services.AddSingleton<WebhookOrganizations>();
        services.AddScoped<WebhookService>();
        services.AddScoped<WebhookDeliveryService>();
        services.AddScoped<WebhookMessages>();
        services.AddScoped<WebhookExpansion>();
        services.AddScoped<DueDeliveries>();
        services.AddScoped<WebhookDeliveryCleaner>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());
    }
}
