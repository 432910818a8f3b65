using System.ComponentModel;
using System.Diagnostics;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>Runs a program to its end, without a shell.</summary>
internal static class ProgramRunner
{
    /// <summary>What a shell answers for a program that cannot be started.</summary>
    private const int NotStarted = 127;

    /// <summary>How long output is waited for after the program's end.</summary>
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs <paramref name="program"/>; a cancellation kills it with its children. The working directory is the root, which every user can
    /// reach.
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
            CreateNoWindow = true, // on Windows also: a console of its own, which Ctrl+C in ours does not reach
        };

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            await WaitForExitAsync(process, cancellationToken);
            return new ProgramResult(process.ExitCode, await WhatCameAsync(output), await WhatCameAsync(error));
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

    /// <summary>On Windows a server started by pg_ctl inherits the pipes and keeps them open, so their end is not waited for.</summary>
    private static async Task<string> WhatCameAsync(Task<string> output) =>
        await Task.WhenAny(output, Task.Delay(OutputGrace)) == output ? await output : "";
}
