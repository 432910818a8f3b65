using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Thena.Accounts.EmbeddedPostgres.Tests;

/// <summary>A data directory for one test. No process may use it after the test.</summary>
internal sealed class TemporaryCluster : IAsyncDisposable
{
    private const UnixFileMode OthersPass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("thena-embedded-postgres-");

    public TemporaryCluster()
    {
        if (!OperatingSystem.IsWindows())
        {
            _parent.UnixFileMode |= OthersPass; // for the user that runs the server when the test runs as root
        }
    }

    /// <summary>The parent directory of the data directory, for other files of the test.</summary>
    public string Parent => _parent.FullName;

    public string DataDirectory => Path.Combine(Parent, "cluster");

    /// <summary>The lines of progress.</summary>
    public ConcurrentQueue<string> Progress { get; } = [];

    public EmbeddedPostgresOptions Options => new()
    {
        DataDirectory = DataDirectory,
        Settings = { ["fsync"] = "off" },
        Progress = Progress.Enqueue,
    };

    public int PostmasterId =>
        int.Parse(
            File.ReadLines(Path.Combine(DataDirectory, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public Task<EmbeddedPostgresCluster> StartAsync(CancellationToken cancellationToken) =>
        EmbeddedPostgresCluster.StartAsync(Options, cancellationToken);

    /// <summary>Makes the data directory unreachable to all but the current user and root.</summary>
    public void CloseToOthers()
    {
        if (!OperatingSystem.IsWindows())
        {
            _parent.UnixFileMode &= ~OthersPass;
        }
    }

    public static async Task<object?> QueryAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public static Task<object?> QueryAsync(EmbeddedPostgresCluster cluster, string sql, CancellationToken cancellationToken) =>
        QueryAsync(cluster.GetConnectionString("postgres"), sql, cancellationToken);

    /// <summary>Finds the processes whose command line contains this directory.</summary>
    public async Task<int[]> FindProcessesAsync()
    {
        using var pgrep = Process.Start(
            new ProcessStartInfo("pgrep", ["-f", Parent]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await pgrep.StandardOutput.ReadToEndAsync();
        await pgrep.WaitForExitAsync();
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }

    public async ValueTask DisposeAsync()
    {
        var leftBehind = await FindProcessesAsync();
        foreach (var id in leftBehind)
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            await process.WaitForExitAsync();
        }

        _parent.Delete(recursive: true);
        Assert.Empty(leftBehind);
    }
}
