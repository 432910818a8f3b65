using System.Diagnostics;

namespace Thena.Accounts.EmbeddedPostgres.Tests;

/// <summary>A separate process that runs a cluster: this test program, started with a command.</summary>
internal sealed class ClusterProcess : IDisposable
{
    public const string Command = "hold-cluster";

    private readonly Process _process;

    private ClusterProcess(Process process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
    }

    /// <summary>The connection string that the process uses.</summary>
    public string ConnectionString { get; }

    /// <summary>Runs in the process: starts or joins the cluster, prints its connection string, and leaves when the input ends.</summary>
    public static async Task<int> HoldAsync(string directory)
    {
        await using var cluster = await EmbeddedPostgresCluster.StartAsync(new EmbeddedPostgresOptions { DataDirectory = directory });
        Console.WriteLine(cluster.GetConnectionString("postgres"));
        await Console.In.ReadLineAsync();
        return 0;
    }

    public static Task<ClusterProcess> StartAsync(string directory, CancellationToken cancellationToken) =>
        StartAsync(directory, [], cancellationToken);

    /// <summary>Starts the process as the last arguments of another program, such as <c>setpriv</c>.</summary>
    public static async Task<ClusterProcess> StartAsync(string directory, string[] starter, CancellationToken cancellationToken)
    {
        var program = Path.Combine(AppContext.BaseDirectory, typeof(ClusterProcess).Assembly.GetName().Name!);
        string[] command = [.. starter, program, Command, directory];
        var process = Process.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        return new ClusterProcess(process, line ?? throw new InvalidOperationException("The process has not started its cluster."));
    }

    /// <summary>Ends the process normally.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Kills the process with a signal that it cannot handle.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
