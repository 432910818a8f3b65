using System.Diagnostics;
using Npgsql;
using static Thena.Accounts.EmbeddedPostgres.Tests.TemporaryCluster;

namespace Thena.Accounts.EmbeddedPostgres.Tests;

public sealed class LifecycleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_AfterTheLastHasLeft_FindsTheDataAgain()
    {
        await using var directory = new TemporaryCluster();
        string connectionString;
        await using (var cluster = await directory.StartAsync(Cancellation))
        {
            connectionString = cluster.GetConnectionString("postgres");
            await QueryAsync(cluster, "create table kept as select 42 as answer", Cancellation);
        }

        await Assert.ThrowsAsync<NpgsqlException>(() => QueryAsync(connectionString, "select 1", Cancellation));
        Assert.Empty(await directory.FindProcessesAsync());

        await using var again = await directory.StartAsync(Cancellation);
        Assert.Equal(42, await QueryAsync(again, "select answer from kept", Cancellation));
        Assert.Equal(directory.DataDirectory, again.DataDirectory);
    }

    [Fact]
    public async Task DisposeAsync_OneOfTwo_LeavesTheServerToTheOther()
    {
        await using var directory = new TemporaryCluster();
        var first = await directory.StartAsync(Cancellation);
        await using var second = await directory.StartAsync(Cancellation);
        Assert.Equal(first.GetConnectionString("postgres"), second.GetConnectionString("postgres"));

        await first.DisposeAsync();
        await first.DisposeAsync(); // the second call does nothing

        Assert.Equal(1, await QueryAsync(second, "select 1", Cancellation));
    }

    [Fact]
    public async Task StartAsync_FiveAtOnceOnAnEmptyDirectory_ShareOneServer()
    {
        await using var directory = new TemporaryCluster();

        var clusters = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => directory.StartAsync(Cancellation)));

        Assert.Single(clusters.Select(cluster => cluster.GetConnectionString("postgres")).Distinct(StringComparer.Ordinal));
        Assert.Single(directory.Progress, line => line.StartsWith("Creating", StringComparison.Ordinal));
        Assert.Single(directory.Progress, line => line.StartsWith("Starting", StringComparison.Ordinal));
        await Task.WhenAll(clusters.Select(cluster => cluster.DisposeAsync().AsTask()));
        Assert.Single(directory.Progress, line => line.StartsWith("Stopping", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAsync_Settings_AreInForce()
    {
        await using var directory = new TemporaryCluster();
        var options = directory.Options;
        options.Settings["cluster_name"] = "it's \"mine\" $HOME";
        options.Settings["listen_addresses"] = "*";
        await using var cluster = await EmbeddedPostgresCluster.StartAsync(options, Cancellation);

        Assert.Equal("it's \"mine\" $HOME", await QueryAsync(cluster, "show cluster_name", Cancellation));
        Assert.Equal("off", await QueryAsync(cluster, "show fsync", Cancellation));
        Assert.Equal("127.0.0.1", await QueryAsync(cluster, "show listen_addresses", Cancellation));
        Assert.Equal("", await QueryAsync(cluster, "show unix_socket_directories", Cancellation));
    }

    [Fact]
    public async Task StartAsync_NewCluster_KnowsLettersAndSortsByBytes()
    {
        await using var directory = new TemporaryCluster();
        await using var cluster = await directory.StartAsync(Cancellation);

        Assert.Equal("UTF8", await QueryAsync(cluster, "show server_encoding", Cancellation));
        Assert.Equal("äöß žluť", await QueryAsync(cluster, "select lower('ÄÖß ŽLUŤ')", Cancellation));
        Assert.Equal(true, await QueryAsync(cluster, "select 'Z' < 'a'", Cancellation));
    }

    [Fact]
    public async Task StartAsync_NewCluster_IsClosedWithoutItsPassword()
    {
        await using var directory = new TemporaryCluster();
        await using var cluster = await directory.StartAsync(Cancellation);
        var guess = new NpgsqlConnectionStringBuilder(cluster.GetConnectionString("postgres")) { Password = "thena" };

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => QueryAsync(guess.ConnectionString, "select 1", Cancellation));

        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory.DataDirectory, "password")));
        }
    }

    [Fact]
    public async Task StartAsync_UnknownSetting_QuotesTheLog()
    {
        await using var directory = new TemporaryCluster();
        var options = directory.Options;
        options.Settings["no_such_setting"] = "1";

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedPostgresCluster.StartAsync(options, Cancellation));

        Assert.Contains("did not start", error.Message, StringComparison.Ordinal);
        Assert.Contains("no_such_setting", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_Cancelled_LeavesNoServerAndAUsableDirectory()
    {
        await using var directory = new TemporaryCluster();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var options = directory.Options;
        options.Progress = line =>
        {
            if (line.StartsWith("Starting", StringComparison.Ordinal))
            {
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(20)); // while pg_ctl waits for the server
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EmbeddedPostgresCluster.StartAsync(options, cancellation.Token));

        await using var cluster = await directory.StartAsync(Cancellation);
        Assert.Equal(1, await QueryAsync(cluster, "select 1", Cancellation));
    }

    [Fact]
    public async Task StartAsync_FolderOfSomethingElse_IsRefused()
    {
        await using var directory = new TemporaryCluster();
        Directory.CreateDirectory(directory.DataDirectory);
        await File.WriteAllTextAsync(Path.Combine(directory.DataDirectory, "thesis.txt"), "", Cancellation);

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => directory.StartAsync(Cancellation));

        Assert.Contains("is not empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_AsRootInAFolderClosedToOthers_NamesTheUserAndTheFolder()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess, "only root runs the server as another user");
        await using var directory = new TemporaryCluster();
        directory.CloseToOthers();

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => directory.StartAsync(Cancellation));

        Assert.Contains($"cannot write to {directory.DataDirectory}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever can write to the folder around the data directory could otherwise get any folder from root.</summary>
    [Fact]
    public async Task StartAsync_AsRootInALink_LeavesTheTargetToItsOwner()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess, "only root runs the server as another user");
        await using var directory = new TemporaryCluster();
        var target = Directory.CreateDirectory(Path.Combine(directory.Parent, "folder-of-root")).FullName;
        Directory.CreateSymbolicLink(directory.DataDirectory, target);

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => directory.StartAsync(Cancellation));

        Assert.Contains($"cannot write to {directory.DataDirectory}", error.Message, StringComparison.Ordinal);
        Assert.Equal("root", (await ReadOutputAsync("stat", "-c", "%U", target)).Trim());
    }

    /// <summary>A terminal sends Ctrl+C to the process group of the program. The server must not belong to it.</summary>
    [Fact]
    public async Task StartAsync_Server_LeadsAProcessGroupOfItsOwn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no process groups of this kind");
        await using var directory = new TemporaryCluster();
        await using var cluster = await directory.StartAsync(Cancellation);

        Assert.Equal($"{directory.PostmasterId}", (await ReadOutputAsync("ps", "-o", "pgid=", "-p", $"{directory.PostmasterId}")).Trim());
    }

    [Fact]
    public async Task EnsureDatabaseAsync_Raced_CreatesItOnce()
    {
        await using var directory = new TemporaryCluster();
        await using var cluster = await directory.StartAsync(Cancellation);
        const string Name = "accounts \"of\" José";

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => cluster.EnsureDatabaseAsync(Name, Cancellation)));
        await cluster.EnsureDatabaseAsync(Name, Cancellation);

        Assert.Equal(Name, await QueryAsync(cluster.GetConnectionString(Name), "select current_database()::text", Cancellation));
    }

    private static async Task<string> ReadOutputAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return output;
    }
}
