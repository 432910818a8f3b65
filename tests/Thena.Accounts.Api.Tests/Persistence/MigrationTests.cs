using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Tests.Persistence;

public sealed class MigrationTests(PostgresServer postgres)
{
    [Fact]
    public async Task Migrations_ComparedWithTheModel_AreComplete()
    {
        await using var services = Services(await postgres.CreateDatabaseAsync());
        await using var scope = services.CreateAsyncScope();

        Assert.False(
            scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().HasPendingModelChanges(),
            "The model has changed: run the command in CONTRIBUTING.md that adds a migration");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Migrate_BySeveralCopiesAtOnceOnAnEmptyOrNoDatabase_Succeeds(bool exists)
    {
        var connectionString = await postgres.CreateEmptyDatabaseAsync();
        connectionString = exists
            ? connectionString
            : new NpgsqlConnectionStringBuilder(connectionString) { Database = $"new_{Guid.CreateVersion7():N}" }.ConnectionString;

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var services = Services(connectionString);
            await using var scope = services.CreateAsyncScope();
            var migrator = scope.ServiceProvider.GetRequiredService<DatabaseMigrator>();
            await migrator.CreateAsync(CancellationToken.None);
            await migrator.MigrateAsync(CancellationToken.None);
            Assert.True(await migrator.IsReadyAsync(CancellationToken.None));
        })));
    }

    [Fact]
    public async Task Migrate_OfAMigratedDatabaseByARoleThatMayOnlyWorkWithRows_Succeeds()
    {
        var connectionString = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync());
        var role = $"rows_{Guid.CreateVersion7():N}";
        await using (var dataSource = NpgsqlDataSource.Create(connectionString))
        await using (var command = dataSource.CreateCommand(
            $"""
            create role {role} login password '{role}';
            revoke create on schema public from public;
            grant select, insert, update, delete on all tables in schema public to {role}
            """))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        (connectionString.Username, connectionString.Password) = (role, role);
        await using var services = Services(connectionString.ConnectionString);
        await using var scope = services.CreateAsyncScope();
        var migrator = scope.ServiceProvider.GetRequiredService<DatabaseMigrator>();
        await migrator.MigrateAsync(TestContext.Current.CancellationToken);

        Assert.True(await migrator.IsReadyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Migrate_WhileALongTransactionUsesATable_LetsOthersUseItAndWaits()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connectionString = await postgres.CreateEmptyDatabaseAsync();
        await using var services = Services(connectionString);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AccountsDbContext>().MigrateToFirstAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var dump = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await dump.BeginTransactionAsync(cancellationToken);
        await using (var read = new NpgsqlCommand("select from migrations", dump))
        {
            await read.ExecuteNonQueryAsync(cancellationToken);
        }

        var migration = Task.Run(
            () => scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken), cancellationToken);
        await Migrating.WaitForLockAsync(dataSource, () => migration.IsCompleted);

        // Queues behind the migration, which gives way.
        await using var other = dataSource.CreateCommand("select from migrations");
        await other.ExecuteNonQueryAsync(cancellationToken);
        Assert.False(migration.IsCompleted);
        await transaction.CommitAsync(cancellationToken);
        await migration;

        Assert.True(await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().IsReadyAsync(cancellationToken));
    }

    [Fact]
    public async Task IsReady_BeforeTheMigration_IsFalse()
    {
        await using var services = Services(await postgres.CreateEmptyDatabaseAsync());
        await using var scope = services.CreateAsyncScope();

        Assert.False(
            await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().IsReadyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Migrate_OfADatabaseBeforeTheFirstVersion_RefusesToTouchIt()
    {
        var connectionString = await postgres.CreateEmptyDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var create = dataSource.CreateCommand(
            """
            create table migrations (migration_id text primary key, product_version text not null);
            insert into migrations values ('20250101000000_Before', '10.0.0')
            """);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var services = Services(connectionString);
        await using var scope = services.CreateAsyncScope();
        var migrator = scope.ServiceProvider.GetRequiredService<DatabaseMigrator>();

        await Assert.ThrowsAsync<OldSchemaException>(() => migrator.MigrateAsync(TestContext.Current.CancellationToken));

        await using var count = dataSource.CreateCommand("select count(*) from pg_tables where schemaname = 'public'");
        Assert.Equal(1L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static ServiceProvider Services(string connectionString) =>
        new ServiceCollection().AddAccounts(_ => connectionString).BuildServiceProvider();
}
