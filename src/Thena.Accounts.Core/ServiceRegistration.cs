using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Attachments;
using Thena.Accounts.Core.Events;
using Thena.Accounts.Core.History;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Core.Kinds;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Core;

/// <summary>Registers the services of the product.</summary>
public static class ServiceRegistration
{
    /// <summary>The entities of all features.</summary>
    internal static EntityModel Entities { get; } = new(typeof(ServiceRegistration).Assembly, conventions =>
    {
        conventions.Properties<RawJson>().HaveConversion<RawJsonValueConverter>().HaveColumnType("json");
        conventions.Properties<AttachmentList>().HaveConversion<AttachmentListConverter>().HaveColumnType("jsonb");
    });

    /// <summary>Adds the services of all features, their validators and the database.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">Returns the connection string of the database. Called when the database is first needed.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddPostgres(connectionString, Entities);

        services.AddHybridCache();
        services.AddSingleton<ApiKeyAuthenticator>();
        services.AddScoped<AdministrationService>();
        services.AddScoped<IngestService>();
        services.AddScoped<EventService>();
        services.AddScoped<HistoryService>();
        services.AddSingleton<PublicMailboxProviders>();
        foreach (var kind in RecordKinds.All)
        {
            kind.Register(services);
        }

        foreach (var kind in RecordKinds.Recorded)
        {
            services.AddSingleton((IRecordedKind)kind);
        }

        // Validation errors use the JSON names of members, and are always in English.
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null
            ? null
            : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        ValidatorOptions.Global.LanguageManager.Enabled = false;
        services.AddValidatorsFromAssembly(typeof(ServiceRegistration).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        return services;
    }
}
