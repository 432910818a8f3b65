using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Tests.Administration;

/// <summary>The commands that distribute the database, and what comes after them. Most need a Citus cluster.</summary>
public sealed class DistributionTests(DistributionTests.UndistributedServer server) : IClassFixture<DistributionTests.UndistributedServer>
{
    private const int Rounds = 10;

    [Fact]
    public async Task Distribute_WithoutTheExtension_EndsWithOneSentence()
    {
        Assert.SkipWhen(server.Postgres.Kind == "citus", "Every database of a cluster has the extension.");

        var (exitCode, output, error) = await RunAsync(server.ConnectionString, "database", "distribute");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal(
            "The database does not have the extension \"citus\": install Citus on every node, and run \"create extension citus\" first.",
            error.Trim());
    }

    [Fact]
    public async Task Status_OfAnyDatabase_ShowsItsVersionAndItsLargestOrganizations()
    {
        var tenant = await server.CreateTenantAsync();
        await CreateAccountsAsync(tenant, 1_000);

        var (exitCode, output, _) = await RunAsync(server.ConnectionString, "database", "status");

        Assert.Equal(0, exitCode);
        var status = JsonDocument.Parse(output).RootElement;
        Assert.Equal(
            typeof(AccountsDbContext).Assembly.GetTypes().Max(type => type.GetCustomAttribute<MigrationAttribute>()?.Id),
            status.GetProperty("version").GetString());
        Assert.False(status.GetProperty("distributed").GetBoolean());
        var largest = status.GetProperty("largestOrganizations").EnumerateArray().Single(row =>
            row.GetProperty("id").GetString() == tenant.OrganizationId);

        // Each account has a change, which has a place in the queue.
        Assert.InRange(largest.GetProperty("rows").GetInt64(), 3_000, 3_200);
        Assert.InRange(largest.GetProperty("bytes").GetInt64(), 100_000, 5_000_000);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    [InlineData("many")]
    public async Task Distribute_IntoAWrongNumberOfShards_IsRefused(string shards)
    {
        var (exitCode, output, error) = await RunAsync(server.ConnectionString, "database", "distribute", "--shards", shards);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("--shards", error, StringComparison.Ordinal);
    }

    /// <summary>Each round kills the command at a random moment, and then lets it complete the distribution.</summary>
    [Fact]
    public async Task Distribute_KilledAtAnyMoment_IsCompletedByTheNextRun()
    {
        var cluster = server.Postgres.Cluster;
        Assert.SkipUnless(cluster is not null, "There is no Citus cluster.");
        await using var seeded = new UndistributedServer(server.Postgres);
        await seeded.InitializeAsync();
        var tenants = new[] { await seeded.CreateTenantAsync(), await seeded.CreateTenantAsync(), await seeded.CreateTenantAsync() };
        foreach (var tenant in tenants)
        {
            await CreateAccountsAsync(tenant, 5_000);
        }

        var content = await seeded.ReadContentAsync();
        var foreignKeys = await ListForeignKeysAsync(seeded.ConnectionString);
        await cluster.CloseAsync(new NpgsqlConnectionStringBuilder(seeded.ConnectionString).Database!);
        var random = new Random(42);
        for (var round = 0; round < Rounds; round++)
        {
            var copy = await server.Postgres.CreateCopyAsync(seeded.ConnectionString);
            using (var killed = ServerProcess.Start(copy, ["database", "distribute", "--shards", "4"]))
            {
                var output = killed.ReadToEndAsync();
                await Task.Delay(random.Next(800, 4_000), TestContext.Current.CancellationToken);
                killed.Kill();
                await output;
            }

            var (exitCode, status, error) = await RunAsync(copy, "database", "distribute", "--shards", "4");
            Assert.True(exitCode == 0, error);
            Assert.Contains("\"distributed\":true,\"shards\":4", status, StringComparison.Ordinal);
            Assert.Equal(content, await DatabaseContent.ReadContentAsync(copy));
            Assert.Equal(foreignKeys, await ListForeignKeysAsync(copy));

            // Another run has nothing to do.
            Assert.Equal((0, status, ""), await RunAsync(copy, "database", "distribute"));
        }
    }

    /// <summary>Migrations of every kind that there has been, on distributed tables.</summary>
    [Fact]
    public async Task Migration_OfADistributedDatabase_KeepsItDistributed()
    {
        Assert.SkipUnless(server.Postgres.Kind == "citus", "There is no Citus cluster.");
        await using var distributed = new AccountsServer(server.Postgres);
        await distributed.InitializeAsync();
        await using var services = new ServiceCollection().AddAccounts(_ => distributed.ConnectionString).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AccountsDbContext>();
        var id = new AddColumnOperation { Name = "id", ClrType = typeof(Guid), ColumnType = "uuid" };
        AddColumnOperation[] columns =
        [
            new() { Name = "organization_id", ClrType = typeof(Guid), ColumnType = "uuid" },
            id,
            new() { Name = "account_id", ClrType = typeof(Guid), ColumnType = "uuid" },
        ];
        var visits = new CreateTableOperation
        {
            Name = "visits",
            PrimaryKey = new() { Table = "visits", Name = "pk_visits", Columns = ["organization_id", "id"] },
        };
        visits.Columns.AddRange(columns);
        visits.ForeignKeys.Add(new()
        {
            Table = "visits",
            Name = "fk_visits_accounts",
            Columns = ["organization_id", "account_id"],
            PrincipalTable = "accounts",
            PrincipalColumns = ["organization_id", "id"],
            OnDelete = ReferentialAction.Restrict,
        });
        var regions = new CreateTableOperation
        {
            Name = "regions",
            PrimaryKey = new() { Table = "regions", Name = "pk_regions", Columns = ["id"] },
        };
        regions.Columns.Add(id);
        MigrationOperation[] operations =
        [
            visits,
            regions,
            new AddColumnOperation { Table = "notes", Name = "mood", ClrType = typeof(string), ColumnType = "text", IsNullable = true },
            new AlterColumnOperation
            {
                Table = "notes", Name = "mood", ClrType = typeof(string), ColumnType = "varchar(20)", IsNullable = true,
            },
            new CreateIndexOperation
            {
                Table = "notes", Name = "ix_notes_mood", Columns = ["organization_id", "mood"], Filter = "deleted_at is null",
            },
            new RenameIndexOperation { Table = "notes", Name = "ix_notes_mood", NewName = "ix_notes_moods" },
            new SqlOperation { Sql = "create index ix_notes_mood_lower on notes (organization_id, lower(mood), id)" },
            new SqlOperation { Sql = "update notes set mood = 'calm' where mood is null" },
            new DropIndexOperation { Table = "notes", Name = "ix_notes_moods" },
            new DropColumnOperation { Table = "notes", Name = "mood" },
        ];

        await using (var transaction = await context.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            foreach (var command in context.GetService<IMigrationsSqlGenerator>().Generate(operations))
            {
                await context.Database.ExecuteSqlRawAsync(command.CommandText, TestContext.Current.CancellationToken);
            }

            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal("visits", await DatabaseContent.ReadValueAsync<string>(
            distributed.ConnectionString,
            "select logicalrelid::text from pg_dist_partition where partmethod = 'h' and logicalrelid = 'visits'::regclass "
                + "and colocationid = (select colocationid from pg_dist_partition where logicalrelid = 'accounts'::regclass)"));
        Assert.Equal("regions", await DatabaseContent.ReadValueAsync<string>(
            distributed.ConnectionString,
            "select logicalrelid::text from pg_dist_partition where partmethod = 'n' and logicalrelid = 'regions'::regclass"));
        Assert.Equal(
            "fk_visits_accounts",
            await DatabaseContent.ReadValueAsync<string>(
                distributed.ConnectionString, "select conname::text from pg_constraint where conname = 'fk_visits_accounts'"));
        var tenant = await distributed.CreateTenantAsync();
        (await tenant.Client.Get($"/v1/accounts/{(await tenant.CreateAccountAsync()).Id}")).Expect(200);

        // The migrations after the first, undone and run again.
        await context.MigrateToFirstAsync();
        await context.Database.MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Single((await tenant.ListAccountsAsync("search=acme")).Each("name"));
    }

    private static async Task CreateAccountsAsync(Tenant tenant, int count) => (await tenant.Client.Post(
        $"{Paths.Accounts}/bulk",
        Given.Merge(new { accounts = Enumerable.Range(0, count).Select(_ => Given.Account()) }))).Expect(201);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string connectionString, params string[] arguments)
    {
        var (exitCode, output, error) = await CommandRun.OnDatabaseAsync(connectionString, arguments);
        return (exitCode, output.Trim(), error);
    }

    private static Task<string?> ListForeignKeysAsync(string connectionString) => DatabaseContent.ReadValueAsync<string>(
        connectionString,
        """
        select string_agg(conname::text, ',' order by conname) from pg_constraint
        where contype = 'f' and connamespace = 'public'::regnamespace and conname !~ '_[0-9]{6,}$'
        """);

    /// <summary>A server whose database is not distributed, on a cluster as elsewhere.</summary>
    public sealed class UndistributedServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override Task<string> CreateDatabaseAsync(PostgresServer server) => server.CreateEmptyDatabaseAsync();
    }
}
