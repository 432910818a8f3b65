using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Tests.Administration;

/// <summary>Who creates a database and changes its schema, and who does not.</summary>
public sealed class DatabaseCommandsTests(PostgresServer postgres)
{
    private const string Older =
        "The schema of the database is older than this program: run \"thena-accounts database migrate\", or use the version of the program "
        + "that the servers have.";

    private const string Newer =
        "The schema of the database is newer than this program: use the version of the program that the servers have.";

    private const string Missing = "The database has no schema yet: run \"thena-accounts database migrate\".";

    [Fact]
    public async Task AnyCommand_OnADatabaseThatDoesNotExist_SaysHowToCreateIt()
    {
        var (target, name) = await NameNewDatabaseAsync();
        var sentence = $"There is no database \"{name}\" on {target.Host}: if the name is right, create the database with "
            + "\"thena-accounts database create\".";

        foreach (var command in (string[])["", "organizations list", "database migrate", "database status"])
        {
            var (exitCode, output, error) = await RunAsync(target.ConnectionString, command);

            Assert.Equal((1, sentence), (exitCode, error));
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        }

        try
        {
            Assert.Equal((0, """{"created":true}""", ""), await RunAsync(target.ConnectionString, "database create"));
            Assert.Equal((0, """{"created":false}""", ""), await RunAsync(target.ConnectionString, "database create"));
            Assert.Equal((1, "", Missing), await RunAsync(target.ConnectionString, "organizations list"));
        }
        finally
        {
            await DropAsync(target, name);
        }
    }

    [Fact]
    public async Task Start_InDevelopmentWithoutADatabase_CreatesItAndSaysSo()
    {
        var (target, name) = await NameNewDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("development-");
        using var process = ServerProcess.Start(
            target.ConnectionString, environment: [("ASPNETCORE_ENVIRONMENT", "Development"), ("XDG_DATA_HOME", folder.FullName)]);
        try
        {
            Assert.Contains(
                "The database did not exist, and has been created",
                await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            folder.Delete(recursive: true);
            await DropAsync(target, name);
        }
    }

    [Fact]
    public async Task AnyCommand_OnAnOlderSchema_RefusesUntilMigrateHasRun()
    {
        var connectionString = await postgres.CreateEmptyDatabaseAsync();
        var all = await MigrateToFirstAsync(connectionString);

        foreach (var command in (string[])["organizations list", "export --organization 1 --to folder", "database distribute"])
        {
            Assert.Equal((1, "", Older), await RunAsync(connectionString, command));
        }

        var (exitCode, status, _) = await RunAsync(connectionString, "database status");
        Assert.Equal(0, exitCode);
        Assert.Equal(all[..1], Names(status, "applied"));
        Assert.Equal(all[1..], Names(status, "pending"));
        Assert.Equal((0, """{"migrated":true}""", ""), await RunAsync(connectionString, "database migrate"));
        (exitCode, status, _) = await RunAsync(connectionString, "database status");
        Assert.Equal((0, all.Count, 0), (exitCode, Names(status, "applied").Count, Names(status, "pending").Count));
        Assert.Equal((0, """{"items":[]}""", ""), await RunAsync(connectionString, "organizations list"));
    }

    [Fact]
    public async Task Start_ThatMayNotMigrate_RefusesAnOlderSchemaAndChangesNothing()
    {
        var connectionString = await postgres.CreateEmptyDatabaseAsync();

        foreach (var sentence in (string[])[Missing, Older])
        {
            using var process = ServerProcess.Start(connectionString, environment: ("Database__MigrateOnStart", "false"));
            var (exitCode, output, error) = await process.ReadToEndAsync();

            Assert.Equal((1, sentence), (exitCode, error.TrimEnd()));
            Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
            await MigrateToFirstAsync(connectionString);
        }

        Assert.Single(Names((await RunAsync(connectionString, "database status")).Output, "applied"));
    }

    [Fact]
    public async Task AnyCommand_OnANewerSchema_Refuses()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await ExecuteAsync(connectionString, "insert into migrations values ('99990101000000_Later', '99.0.0')");

        Assert.Equal((1, "", Newer), await RunAsync(connectionString, "organizations list"));
        var (exitCode, status, _) = await RunAsync(connectionString, "database status");
        Assert.Equal((0, "99990101000000_Later"), (exitCode, Assert.Single(Names(status, "unknown"))));
    }

    [Fact]
    public async Task DatabaseCreate_ByARoleWithoutTheRight_EndsWithOneSentence()
    {
        var (target, _) = await NameNewDatabaseAsync();
        var role = $"creator_{Guid.CreateVersion7():N}";
        await ExecuteAsync(await postgres.CreateEmptyDatabaseAsync(), $"create role {role} login password '{role}'");
        (target.Username, target.Password) = (role, role);

        Assert.Equal(
            (1, "", "PostgreSQL has refused: permission denied to create database"),
            await RunAsync(target.ConnectionString, "database create"));
    }

    [Fact]
    public async Task Migrate_Stopped_SaysSoAndChangesNothing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connectionString = await postgres.CreateEmptyDatabaseAsync();
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var other = await dataSource.OpenConnectionAsync(cancellationToken);
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(x'5448454E41'::bigint)", other))
        {
            await hold.ExecuteNonQueryAsync(cancellationToken);
        }

        using var process = ServerProcess.Start(connectionString, ["database", "migrate"]);
        await Migrating.WaitForLockAsync(dataSource, () => process.HasExited);

        using var interrupt = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        var (exitCode, output, error) = await process.ReadToEndAsync();

        Assert.Equal((130, "", "Stopped."), (exitCode, output, error.TrimEnd()));
        await using var count = dataSource.CreateCommand("select count(*) from pg_tables where schemaname = 'public'");
        Assert.Equal(0L, await count.ExecuteScalarAsync(cancellationToken));
    }

    private async Task<(NpgsqlConnectionStringBuilder Target, string Name)> NameNewDatabaseAsync()
    {
        var name = $"new_{Guid.CreateVersion7():N}";
        return (new NpgsqlConnectionStringBuilder(await postgres.CreateEmptyDatabaseAsync()) { Database = name }, name);
    }

    private static Task DropAsync(NpgsqlConnectionStringBuilder target, string name) => ExecuteAsync(
        new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString,
        $"drop database if exists {name} with (force)");

    /// <summary>Gives an empty database the schema of the first version.</summary>
    /// <returns>All migrations of this version.</returns>
    private static async Task<List<string>> MigrateToFirstAsync(string connectionString)
    {
        await using var services = new ServiceCollection().AddAccounts(_ => connectionString).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountsDbContext>().MigrateToFirstAsync();
    }

    private static List<string> Names(string status, string member) =>
        [.. JsonElement.Parse(status).GetProperty(member).EnumerateArray().Select(name => name.GetString()!)];

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string connectionString, string command)
    {
        var (exitCode, output, error) = await CommandRun.OnDatabaseAsync(
            connectionString, command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return (exitCode, output.TrimEnd(), error.TrimEnd());
    }
}
