using System.Text.Json;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Administration;

/// <summary>The command that checks everything that the server needs.</summary>
public sealed class DoctorTests(PostgresServer postgres)
{
    [Fact]
    public async Task Doctor_OfASoundServer_HasOneLineForEachCheck()
    {
        var connectionString = await postgres.CreateDatabaseAsync();

        var (exitCode, output, error) = await CommandRun.OnDatabaseAsync(connectionString, "doctor");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(
            [
                "settings", "connection", "version", "writes", "encoding", "schema", "rights", "extensions", "time limits", "connections",
                "clock", "proxies", "temporary folder",
            ],
            output.TrimEnd().Split('\n').Select(line => line[6..].Split("  ")[0]));
        Assert.All(output.TrimEnd().Split('\n'), line => Assert.Contains(line[..6], (string[])["ok    ", "warn  "]));
    }

    [Fact]
    public async Task Doctor_OfManyProblems_FailsAndSaysWhatToDo()
    {
        var target = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync()) { MaxPoolSize = 9_999 };
        var role = $"reader_{Guid.CreateVersion7():N}";
        await ExecuteAsync(
            target.ConnectionString,
            $"""
            create role {role} login password '{role}';
            grant select on all tables in schema public to {role};
            grant insert, update, delete on all tables in schema public to {role};
            revoke update on notes from {role};
            insert into migrations values ('99990101000000_Later', '99.0.0')
            """);
        (target.Username, target.Password) = (role, role);

        var (exitCode, output, _) = await CommandRun.OnDatabaseAsync(
            target.ConnectionString,
            "doctor",
            "--output",
            "json",
            "--Network:TrustedProxies:0=10.0.0.0/8",
            "--Network:TrustedProxies:1=0.0.0.0/0",
            "--Database:LockTimeoutSeconds=0",
            "--Intake:FileMegabytes=2000000000");

        Assert.Equal(1, exitCode);
        var report = JsonElement.Parse(output);
        Assert.False(report.GetProperty("healthy").GetBoolean());
        var checks = report.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.Text("name"), check => (check.Text("outcome"), check.Text("finding"), check.GetProperty("advice").GetString()));
        Expect("rights", "fail", "cannot read and write notes", "grant select, insert, update, delete");
        Expect("proxies", "fail", "0.0.0.0/0", "List only the addresses of your proxies");
        Expect("schema", "warn", "newer than this program", "Update this program");
        Expect("connections", "warn", "uses up to 9999", "max_connections");
        Expect("time limits", "warn", "lock_timeout is 0", "Database__LockTimeoutSeconds");
        Expect("temporary folder", "warn", "2000000000 MB", "Intake__FileMegabytes");
        Assert.Equal("ok", checks["clock"].Item1);

        void Expect(string name, string outcome, string finding, string advice)
        {
            Assert.Equal(outcome, checks[name].Item1);
            Assert.Contains(finding, checks[name].Item2, StringComparison.Ordinal);
            Assert.Contains(advice, checks[name].Item3, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Doctor_OfAnEmptyDatabase_WarnsOrFailsByWhoMigrates()
    {
        var connectionString = await postgres.CreateEmptyDatabaseAsync();

        var starts = await CommandRun.OnDatabaseAsync(connectionString, "doctor");
        var refuses = await CommandRun.OnDatabaseAsync(connectionString, "doctor", "--Database:MigrateOnStart=false");

        Assert.Equal(0, starts.ExitCode);
        Assert.Contains("warn  schema", starts.Output, StringComparison.Ordinal);
        Assert.Equal(1, refuses.ExitCode);
        Assert.Contains("fail  schema", refuses.Output, StringComparison.Ordinal);
        Assert.Contains("Run \"thena-accounts database migrate\".", refuses.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Database=accounts;Username=accounts", "connection", "127.0.0.1:1")]
    [InlineData("", "settings", "No database is configured")]
    [InlineData("nonsense", "settings", "ConnectionStrings__Accounts cannot be used")]
    public async Task Doctor_WithoutADatabase_FailsInOneLine(string connectionString, string name, string finding)
    {
        var (exitCode, output, error) = await CommandRun.OnDatabaseAsync(connectionString, "doctor");

        Assert.Equal((1, ""), (exitCode, error));
        Assert.Contains(
            finding,
            Assert.Single(output.Split('\n'), line => line.StartsWith($"fail  {name}", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OfADatabaseThatDoesNotExist_SaysHowToCreateIt()
    {
        var target = new NpgsqlConnectionStringBuilder(await postgres.CreateEmptyDatabaseAsync()) { Database = "nope" };

        var (exitCode, output, _) = await CommandRun.OnDatabaseAsync(target.ConnectionString, "doctor");

        Assert.Equal(1, exitCode);
        Assert.Contains("there is no database \"nope\"", output, StringComparison.Ordinal);
        Assert.Contains("thena-accounts database create", output, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

}
