using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Thena.Accounts.Postgres.Schema;

/// <summary>Configures the context, at run time and at design time.</summary>
public static class AccountsDbContextOptions
{
    private const int MaxBatchSize = 5_000;

    /// <summary>Configures the context for adding migrations. It never connects to a database.</summary>
    public static DbContextOptions<AccountsDbContext> ForDesign() => Create(NpgsqlDataSource.Create("Host=localhost"));

    /// <summary>Configures the connection, the names of tables and columns, and queries without tracking.</summary>
    internal static DbContextOptions<AccountsDbContext> Create(NpgsqlDataSource dataSource, params IInterceptor[] interceptors) =>
        new DbContextOptionsBuilder<AccountsDbContext>()
            .UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable("migrations").MaxBatchSize(MaxBatchSize))
            .UseSnakeCaseNamingConvention()
            .ReplaceService<IMigrationsSqlGenerator, AccountsMigrationsSqlGenerator>()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(interceptors)
            // The values of a deleted custom field are hidden together with its definition, on purpose.
            .ConfigureWarnings(warnings => warnings.Ignore(
                CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning))
            .Options;
}
