using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Citus;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Diagnosis;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Schema;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Postgres;

/// <summary>Registers how records are read and written.</summary>
public static class PostgresRegistration
{
    /// <summary>Adds the services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">Returns the connection string of the database. Called when the database is first needed.</param>
    /// <param name="entities">The entities of the features.</param>
    public static IServiceCollection AddPostgres(
        this IServiceCollection services, Func<IServiceProvider, string> connectionString, EntityModel entities)
    {
        services.AddLogging();
        services.AddOptions<DatabaseOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IdGenerator>();
        services.AddSingleton<ConnectionGate>();
        services.AddSingleton(provider => DatabaseConnections.Open(
            connectionString(provider), provider.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        services.AddSingleton<DatabaseConnections>();
        services.AddSingleton<TableStatistics>();
        services.AddSingleton<PendingIndexEntries>();
        services.AddSingleton(entities);
        services.AddSingleton(provider => AccountsDbContextOptions.Create(
            provider.GetRequiredService<NpgsqlDataSource>(),
            new ConnectionGateInterceptor(provider.GetRequiredService<ConnectionGate>()),
            new FailedCommandInterceptor(provider.GetRequiredService<ConnectionGate>())));
        services.AddScoped<AccountsDbContext>();
        services.AddSingleton(provider =>
        {
            using var scope = provider.CreateScope();
            return new Tables(scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Model);
        });
        services.AddSingleton<ReferenceCopies>();
        services.AddScoped<CurrentOrganization>();
        services.AddScoped<RequestConditions>();
        services.AddScoped<DatabaseDeadline>();
        services.AddScoped<Stamp>();
        services.AddOptions<ChangeOptions>();
        services.AddSingleton<RecordedKinds>();
        services.AddScoped<ChangeOrigin>();
        services.AddSingleton<ChangeSignal>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<ChangeHistory>();
        services.AddSingleton<ChangeCleaner>();
        services.AddScoped<Records>();
        services.AddScoped<Writes>();
        services.AddScoped<IdempotentRequestCleaner>();
        services.AddScoped<DatabaseMigrator>();
        services.AddScoped<DatabaseDistributor>();
        services.AddScoped<DatabaseDiagnosis>();
        return services;
    }
}
