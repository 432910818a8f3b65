using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Moving;
using Thena.Accounts.Core.Moving.Rows;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core;

/// <summary>Registers the services of the product.</summary>
public static class ServiceRegistration
{
    /// <summary>Adds the services of all features, their validators and the database.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">Returns the connection string of the database. Called when the database is first needed.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddLogging();
        services.AddOptions<DatabaseOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton(provider => DatabaseConnections.Open(
            connectionString(provider), provider.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        services.AddSingleton(provider => new DatabaseConnections(
            provider.GetRequiredService<NpgsqlDataSource>(),
            connectionString(provider),
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value,
            provider.GetRequiredService<ConnectionGate>(),
            provider.GetRequiredService<ILogger<DatabaseConnections>>()));
        services.AddSingleton<ReferenceDataCache>();
        services.AddScoped<CurrentOrganization>();
        services.AddPooledDbContextFactory<AccountsDbContext>(
            (provider, options) => options.UseAccountsDatabase(provider.GetRequiredService<NpgsqlDataSource>())
                .AddInterceptors(
                    new TenantEntityInterceptor(provider.GetRequiredService<TimeProvider>()),
                    new ConnectionGateInterceptor(provider.GetRequiredService<ConnectionGate>()),
                    new FailedCommandInterceptor(provider.GetRequiredService<ConnectionGate>())));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AccountsDbContext>>().CreateDbContext()
            .In(
                provider.GetRequiredService<CurrentOrganization>(),
                provider.GetRequiredService<IdGenerator>(),
                provider.GetRequiredService<RecordOrigin>(),
                provider.GetRequiredService<DatabaseConnections>(),
                provider.GetRequiredService<DatabaseDeadline>()));
        services.AddScoped<DatabaseDeadline>();
        services.AddScoped<RecordOrigin>();
        services.AddScoped<RecordReads>();
        services.AddScoped<RequestConditions>();
        services.AddScoped<WriteTransaction>();
        services.AddScoped<IdempotentRequestCleaner>();
        services.AddScoped<DatabaseMigrator>();
        services.AddScoped<DatabaseDistributor>();

        services.AddHybridCache();
        services.AddSingleton<ApiKeyAuthenticator>();
        services.AddScoped<AdministrationService>();
        services.AddScoped<AttributeValueService>();
        services.AddScoped<CustomFieldService>();
        services.AddScoped<AccountService>();
        services.AddScoped<IContactLinker, ContactLinker>();
        services.AddScoped<ContactService>();
        services.AddScoped<IngestService>();
        services.AddSingleton<PublicMailboxProviders>();
        services.AddScoped<RelationshipTypeService>();
        services.AddScoped<RelationshipService>();
        services.AddScoped<ActivityService>();
        services.AddScoped<NoteService>();
        services.AddScoped<TaskService>();

        services.AddSingleton<RecordImporter>();
        services.AddSingleton<RecordExporter>();
        services.AddSingleton<RowImporter>();

        services.AddScoped<IAttributeUsage, AccountAttributeUsage>();
        services.AddScoped<IAttributeUsage, ContactAttributeUsage>();
        services.AddScoped<IAttributeUsage, ActivityAttributeUsage>();
        services.AddScoped<IAttributeUsage, NoteAttributeUsage>();
        services.AddScoped<IAttributeUsage, TaskAttributeUsage>();

        // The order of registration is the order in which their rows are locked.
        services.AddScoped<IDependents<Account>, ContactLinker>();
        services.AddScoped<IDependents<Account>, AccountRelationshipDependents>();
        services.AddScoped<IDependents<Account>, AccountActivityDependents>();
        services.AddScoped<IDependents<Account>, AccountNoteDependents>();
        services.AddScoped<IDependents<Account>, AccountTaskDependents>();
        services.AddScoped<IDependents<Activity>, ActivityTaskDependents>();

        // Validation errors use the JSON names of members, and are always in English.
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null
            ? null
            : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        ValidatorOptions.Global.LanguageManager.Enabled = false;
        services.AddValidatorsFromAssembly(typeof(ServiceRegistration).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        return services;
    }
}
