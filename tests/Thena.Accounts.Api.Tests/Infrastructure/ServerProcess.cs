using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>The server program as a separate process, as in production.</summary>
public static partial class ServerProcess
{
    /// <summary>The connection string of a database that cannot be reached.</summary>
    public const string NoDatabase = "Host=127.0.0.1;Port=1;Database=accounts;Username=accounts";

    /// <summary>Starts the program.</summary>
    /// <param name="connectionString">The connection string of the database.</param>
    /// <param name="arguments">A command. Without one, the program serves requests.</param>
    /// <param name="environment">Environment variables, which win over the defaults.</param>
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
        // As in the tests themselves.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits until the program listens, and creates a client for it. Its log must have the line that names the address.</summary>
    /// <param name="process">The program.</param>
    /// <param name="key">The key that the client sends.</param>
    public static async Task<HttpClient> ListenAsync(this Process process, string? key)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                var client = new HttpClient { BaseAddress = new Uri(match.Value) };
                client.DefaultRequestHeaders.Add("x-api-key", key);
                return client;
            }
        }

        throw new InvalidOperationException("The server has not started.");
    }

    /// <summary>Waits until the process ends, and returns its exit code and output.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> ReadToEndAsync(this Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}
