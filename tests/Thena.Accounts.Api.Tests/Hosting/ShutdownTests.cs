using System.Diagnostics;
using System.Globalization;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The server process when it receives a signal to stop.</summary>
public sealed class ShutdownTests
{
    [Fact]
    public async Task Terminate_WhileItWaitsForTheDatabase_EndsWithZeroAndWithoutATrace()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signal.");
        using var process = ServerProcess.Start(ServerProcess.NoDatabase);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            Assert.Contains(
                "Waiting for the database",
                await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal);

            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);

            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal((0, ""), (process.ExitCode, await error));
        }
        finally
        {
            process.Kill();
        }
    }
}
