using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Persistence;

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
            "The model has changed: dotnet ef migrations add <Name> --project src/Thena.Accounts.Core --output-dir Persistence/Migrations");
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
            await migrator.MigrateAsync(CancellationToken.None);
            Assert.True(await migrator.IsReadyAsync(CancellationToken.None));
        })));
    }

    [Fact]
    public async Task Migrate_OfKeysInTheOldForm_UpgradesThemAndReportsCollisions()
    {
        await using var services = Services(await postgres.CreateEmptyDatabaseAsync());
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AccountsDbContext>().Database;
        await database.MigrateAsync("20261125193317_IdempotentRequests", TestContext.Current.CancellationToken);
        await database.ExecuteSqlRawAsync(
            """
            insert into organizations (id, name, tier, created_at) values ('00000000-0000-0000-0000-000000000001', 'A', 'standard', now());
            insert into users (organization_id, id, created_at, updated_at, name, email, email_key)
            select '00000000-0000-0000-0000-000000000001', id::uuid, now(), now(), 'Ada', email, lower(email)
            from (values
                ('00000000-0000-0000-0000-00000000000a', U&'jo\0308rg@b\00fccher.example'),
                ('00000000-0000-0000-0000-00000000000b', U&'j\00f6rg@xn--bcher-kva.example'),
                ('00000000-0000-0000-0000-00000000000c', 'ada@acme.example.'),
                ('00000000-0000-0000-0000-00000000000d', 'plain@acme.example')) given (id, email)
            """,
            TestContext.Current.CancellationToken);

        var notices = await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        var again = await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);

        var keys = await database.SqlQueryRaw<string>("select email_key as \"Value\" from users order by id")
            .ToListAsync(TestContext.Current.CancellationToken);
        var collision = Assert.Single(notices);
        Assert.Empty(again);
        Assert.DoesNotContain("@", collision, StringComparison.Ordinal);
        Assert.Equal(4, keys.Distinct().Count());
        Assert.Single(keys, key => key == "j\u00F6rg@xn--bcher-kva.example");
        Assert.Equal(["ada@acme.example", "plain@acme.example"], keys[2..]);
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
    public async Task IsReady_BeforeTheMigration_IsFalse()
    {
        await using var services = Services(await postgres.CreateEmptyDatabaseAsync());
        await using var scope = services.CreateAsyncScope();

        Assert.False(
            await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().IsReadyAsync(TestContext.Current.CancellationToken));
    }

    private static ServiceProvider Services(string connectionString) =>
        new ServiceCollection().AddAccounts(_ => connectionString).BuildServiceProvider();
}
