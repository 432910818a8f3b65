using System.Diagnostics;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>The program as a process of its own, as in production.</summary>
public static class ServerProcess
{
    /// <summary>A database that cannot be reached.</summary>
    public const string NoDatabase = "Host=127.0.0.1;Port=1;Database=accounts;Username=accounts";

    /// <summary>Starts it.</summary>
    /// <param name="connectionString">Its database.</param>
    /// <param name="arguments">A command; none to serve.</param>
    /// <param name="environment">Further settings, which win.</param>
    public static Process Start(
        string connectionString, IEnumerable<string>? arguments = null, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments ?? []])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ConnectionStrings__Accounts"] = connectionString;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> ReadToEndAsync(this Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
