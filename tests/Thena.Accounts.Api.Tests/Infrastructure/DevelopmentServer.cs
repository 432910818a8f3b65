using System.Diagnostics;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>The server program in Development, as a separate process with its own folder for the development key.</summary>
public sealed class DevelopmentServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("development-");
    private readonly Process _process;

    private DevelopmentServer(string connectionString) => _process = ServerProcess.Start(
        connectionString, [], ("ASPNETCORE_ENVIRONMENT", "Development"), ("XDG_DATA_HOME", _folder.FullName));

    /// <summary>The address that the server has printed.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>The key that the server has printed.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Starts a server on a database, and waits until it has printed its address and its key.</summary>
    public static async Task<DevelopmentServer> StartAsync(string connectionString)
    {
        var server = new DevelopmentServer(connectionString);
        while (server.Key.Length == 0)
        {
            var line = await server._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException(
                    await server._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            if (line.Trim().Split("   ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var name, var value])
            {
                server.Address = name == "Swagger UI" ? new Uri(new Uri(value), "/") : server.Address;
                server.Key = name.StartsWith("Key", StringComparison.Ordinal) ? value : "";
            }
        }

        // A server whose output nobody reads would stop.
        _ = server._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
