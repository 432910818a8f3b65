using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Core.Activities;
using Thena.Accounts.Core.Attributes;
using Thena.Accounts.Core.Contacts;
using Thena.Accounts.Core.CustomFields;
using Thena.Accounts.Core.Ingest;
using Thena.Accounts.Core.Notes;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Core.Persistence;
using Thena.Accounts.Core.Relationships;
using Thena.Accounts.Core.Tasks;
using Thena.Accounts.Core.Tenancy;
using Thena.Accounts.Core.Validation;

namespace Thena.Accounts.Core;

/// <summary>Registers what the product does.</summary>
public static class ServiceRegistration
{
    /// <summary>Adds the services of all features, their validators and the database.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">Gives the connection string of the database when it is first needed.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IdGenerator>();
        services.AddSingleton(provider => new NpgsqlDataSourceBuilder(connectionString(provider)).Build());
        services.AddScoped<CurrentOrganization>();
        services.AddDbContext<AccountsDbContext>(
            (provider, options) => options.UseAccountsDatabase(provider.GetRequiredService<NpgsqlDataSource>())
            .AddInterceptors(new TenantEntityInterceptor(provider.GetRequiredService<TimeProvider>())));
        services.AddScoped<WriteTransaction>();
        services.AddScoped<DatabaseMigrator>();
        services.AddSingleton<DatabaseConnections>();

        services.AddSingleton<ApiKeyAuthenticator>();
        services.AddScoped<AdministrationService>();
        services.AddScoped<AttributeValueService>();
        services.AddScoped<CustomFieldService>();
        services.AddScoped<AccountService>();
        services.AddScoped<IAttributeUsage, AccountAttributeUsage>();
        services.AddScoped<ContactLinker>();
        services.AddScoped<ContactService>();
        services.AddScoped<IngestService>();
        services.AddSingleton<PublicMailboxProviders>();
        services.AddScoped<IAttributeUsage, ContactAttributeUsage>();
        services.AddScoped<RelationshipTypeService>();
        services.AddScoped<RelationshipService>();
        services.AddScoped<ActivityService>();
        services.AddScoped<IAttributeUsage, ActivityAttributeUsage>();
        services.AddScoped<NoteService>();
        services.AddScoped<IAttributeUsage, NoteAttributeUsage>();
        services.AddScoped<TaskService>();
        services.AddScoped<IAttributeUsage, TaskAttributeUsage>();

        // Problems are named by the members' JSON names, in English.
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null
            ? null
            : JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        ValidatorOptions.Global.LanguageManager.Enabled = false;
        services.AddValidatorsFromAssembly(typeof(ServiceRegistration).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        return services;
    }

    /// <summary>How the context reaches the database, here and in the tool that writes migrations.</summary>
    internal static DbContextOptionsBuilder UseAccountsDatabase(this DbContextOptionsBuilder options, NpgsqlDataSource dataSource) =>
        options
        .UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable("migrations").MaxBatchSize(RequestRules.BulkMaxItems))
        .UseSnakeCaseNamingConvention()
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        // The value of a deleted custom field is meant to vanish with its definition.
        .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));
}
