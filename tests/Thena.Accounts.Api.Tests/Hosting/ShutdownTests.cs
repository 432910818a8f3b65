using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Thena.Accounts.Api.Tests.Hosting;

/// <summary>The server process when it cannot start, or receives a signal to stop.</summary>
public sealed class ShutdownTests(PostgresServer postgres)
{
    [Fact]
    public async Task Start_OnAnAddressInUse_EndsWithOneLine()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var process = ServerProcess.Start(
            await postgres.CreateDatabaseAsync(), environment: ("ASPNETCORE_URLS", $"http://{listener.LocalEndpoint}"));

        var (exitCode, output, error) = await process.ReadToEndAsync();

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Fatal\"", output, StringComparison.Ordinal);
        Assert.Equal(
            $"Failed to bind to address http://{listener.LocalEndpoint}: address already in use. "
                + "To use another one, add --urls http://localhost:8001, or set ASPNETCORE_URLS.",
            error.Trim());
    }

    /// <summary>With a launch profile, <c>dotnet run</c> sets the addresses itself, over those of the caller.</summary>
    [Fact]
    public async Task Start_OnAnAddressInUseByDotnetRun_NamesTheOptionThatWorksThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var process = ServerProcess.Start(
            await postgres.CreateDatabaseAsync(),
            environment: [("ASPNETCORE_URLS", $"http://{listener.LocalEndpoint}"), ("DOTNET_LAUNCH_PROFILE", "http")]);

        var (exitCode, _, error) = await process.ReadToEndAsync();

        Assert.Equal(1, exitCode);
        Assert.EndsWith(
            "To use another one, add \"-- --urls http://localhost:8001\" to dotnet run.", error.Trim(), StringComparison.Ordinal);
    }

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
