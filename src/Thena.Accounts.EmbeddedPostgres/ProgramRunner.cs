using System.ComponentModel;
using System.Diagnostics;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>Runs a program to its end, without a shell.</summary>
internal static class ProgramRunner
{
    /// <summary>The exit code that shells use for a program that cannot be started.</summary>
    private const int NotStarted = 127;

    /// <summary>The time to wait for output after the program has ended.</summary>
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs <paramref name="program"/>. Cancellation kills it and its child processes. The working directory is the root folder, which
    /// every user can reach.
    /// </summary>
    public static async Task<ProgramResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetPathRoot(AppContext.BaseDirectory),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true, // on Windows, the program also gets its own console, so Ctrl+C in ours does not reach it
        };

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await WaitForExitAsync(process, cancellationToken);
            return new ProgramResult(process.ExitCode, await ReadOutputAsync(output), await ReadOutputAsync(error));
        }
        catch (Win32Exception e)
        {
            return new ProgramResult(NotStarted, "", $"{program}: {e.Message}");
        }
    }

    private static async Task WaitForExitAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Returns the output if it ends in time. On Windows, a server started by pg_ctl keeps the inherited pipes open.</summary>
    private static async Task<string> ReadOutputAsync(Task<string> output) =>
        await Task.WhenAny(output, Task.Delay(OutputGrace)) == output ? await output : "";
}
