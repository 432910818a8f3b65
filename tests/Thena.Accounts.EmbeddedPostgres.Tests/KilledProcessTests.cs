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

    private static async Task KillServerAsync(TemporaryCluster directory)
    {
        using var postmaster = Process.GetProcessById(directory.PostmasterId);
        postmaster.Kill();
        await postmaster.WaitForExitAsync(Cancellation);
    }
}
