using System.Diagnostics;
using System.Globalization;
using Npgsql;
using static Thena.Accounts.EmbeddedPostgres.Tests.TemporaryCluster;

namespace Thena.Accounts.EmbeddedPostgres.Tests;

public sealed class KilledProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_ServerKilled_RecoversWhatWasCommitted()
    {
        await using var directory = new TemporaryCluster();
        await using var orphaned = await directory.StartAsync(Cancellation);
        await QueryAsync(orphaned, "create table kept as select 42 as answer", Cancellation);
        await KillServerAsync(directory);

        await using var cluster = await directory.StartAsync(Cancellation);

        Assert.Equal(42, await QueryAsync(cluster, "select answer from kept", Cancellation));
    }

    [Fact]
    public async Task DisposeAsync_FolderDeleted_DoesNotThrow()
    {
        await using var directory = new TemporaryCluster();
        var cluster = await directory.StartAsync(Cancellation);
        await KillServerAsync(directory);
        Directory.Delete(directory.DataDirectory, recursive: true);

        await cluster.DisposeAsync();

        Assert.False(Directory.Exists(directory.DataDirectory));
    }

    [Fact]
    public async Task StartAsync_ProcessIdOfTheKilledServerIsAnotherProgramsNow_Starts()
    {
        await using var directory = new TemporaryCluster();
        await using (await directory.StartAsync(Cancellation))
        {
        }

        await File.WriteAllTextAsync(
            Path.Combine(directory.DataDirectory, "data", "postmaster.pid"),
            string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n{directory.DataDirectory}/data\n1\n5432\n"),
            Cancellation);

        await using var cluster = await directory.StartAsync(Cancellation);

        Assert.Equal(1, await QueryAsync(cluster, "select 1", Cancellation));
    }

    [Fact]
    public async Task StartAsync_UserKilled_JoinsItsServerAndStopsIt()
    {
        await using var directory = new TemporaryCluster();
        using var other = await ClusterProcess.StartAsync(directory.DataDirectory, Cancellation);
        await other.KillAsync(Cancellation);
        Assert.Equal(1, await QueryAsync(other.ConnectionString, "select 1", Cancellation));

        var cluster = await directory.StartAsync(Cancellation);
        Assert.Equal(other.ConnectionString, cluster.GetConnectionString("postgres"));
        await cluster.DisposeAsync();

        await Assert.ThrowsAsync<NpgsqlException>(() => QueryAsync(other.ConnectionString, "select 1", Cancellation));
    }

    [Fact]
    public async Task DisposeAsync_AnotherProcessStays_LeavesTheServerToIt()
    {
        await using var directory = new TemporaryCluster();
        var cluster = await directory.StartAsync(Cancellation);
        using var other = await ClusterProcess.StartAsync(directory.DataDirectory, Cancellation);

        await cluster.DisposeAsync();
        Assert.Equal(1, await QueryAsync(other.ConnectionString, "select 1", Cancellation));

        await other.LeaveAsync(Cancellation);
        await Assert.ThrowsAsync<NpgsqlException>(() => QueryAsync(other.ConnectionString, "select 1", Cancellation));
    }

    [Fact]
    public async Task StartAsync_FiveProcessesAtOnce_ShareOneServer()
    {
        await using var directory = new TemporaryCluster();

        var processes = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => ClusterProcess.StartAsync(directory.DataDirectory, Cancellation)));

        Assert.Single(processes.Select(process => process.ConnectionString).Distinct(StringComparer.Ordinal));
        await Task.WhenAll(processes.Select(process => process.LeaveAsync(Cancellation)));
        Assert.Empty(await directory.FindProcessesAsync());
        Array.ForEach(processes, process => process.Dispose());
    }

    /// <summary>Root with the capabilities of a default container cannot see which program a process of another user runs.</summary>
    [Fact]
    public async Task StartAsync_AsRootThatCannotInspectTheServer_StartsJoinsAndStopsIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root of Linux has capabilities to lose");
        Assert.SkipUnless(
            Array.Exists(BinariesSearch.PathDirectories(), directory => File.Exists(Path.Combine(directory, "setpriv"))), "needs setpriv");
        string[] withoutInspection =
            ["setpriv", "--bounding-set", "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap"];
        await using var directory = new TemporaryCluster();

        using var first = await ClusterProcess.StartAsync(directory.DataDirectory, withoutInspection, Cancellation);
        var server = directory.PostmasterId;
        using var second = await ClusterProcess.StartAsync(directory.DataDirectory, withoutInspection, Cancellation);

        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.Equal(server, directory.PostmasterId);
        await first.LeaveAsync(Cancellation);
        await second.LeaveAsync(Cancellation);
        Assert.Empty(await directory.FindProcessesAsync());
    }

    /// <summary>Where nobody reaps orphans, as in a container, a killed server remains as a zombie.</summary>
    [Fact]
    public async Task MayNameLivingServer_Zombie_IsDead()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "finds the zombie in /proc");
        await using var directory = new TemporaryCluster();
        var program = Path.Combine(directory.Parent, "postgres");
        File.Copy("/bin/sleep", program);
        using var parentThatReapsNobody = Process.Start(
            new ProcessStartInfo("sh", ["-c", "\"$0\" 600 & echo $!; exec sleep 600", program])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        var id = int.Parse((await parentThatReapsNobody.StandardOutput.ReadLineAsync(Cancellation))!, CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(id);
        await WaitForStateAsync(id, "(postgres) S");
        var livingBefore = new PostmasterFile(id, Port: null).MayNameLivingServer;

        server.Kill();
        await WaitForStateAsync(id, "(postgres) Z");
        var livingAfter = new PostmasterFile(id, Port: null).MayNameLivingServer;

        parentThatReapsNobody.Kill();
        Assert.Equal((true, false), (livingBefore, livingAfter));
    }

    private static async Task WaitForStateAsync(int processId, string state)
    {
        while (!(await File.ReadAllTextAsync($"/proc/{processId}/stat", Cancellation)).Contains(state, StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancellation);
        }
    }

    private static async Task KillServerAsync(TemporaryCluster directory)
    {
        using var postmaster = Process.GetProcessById(directory.PostmasterId);
        postmaster.Kill();
        await postmaster.WaitForExitAsync(Cancellation);
    }
}
