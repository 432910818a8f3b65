using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>Creates, finds, starts and stops the server of one cluster. Callers must have the start lock.</summary>
internal sealed class PostgresServer(
    PostgresBinaries binaries, ServerAccount account, ClusterDirectory directory, EmbeddedPostgresOptions options)
{
    private const int MaxStartAttempts = 5;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Finds the running server, or starts it. Runs initdb first if there is no cluster yet.</summary>
    public async Task<ServerAddress> JoinOrStartAsync(CancellationToken cancellationToken)
    {
        await directory.GrantAccessAsync(account, cancellationToken);
        if (!directory.IsInitialized)
        {
            await InitializeAsync(cancellationToken);
        }
        else if (directory.ReadMajorVersion() is var major && major != binaries.MajorVersion)
        {
            throw new EmbeddedPostgresException(
                $"The cluster in {directory.Root} was created by PostgreSQL {major}, but the binaries in {binaries.Directory} "
                + $"are of version {binaries.MajorVersion}: choose other binaries or another data directory.");
        }

        var password = directory.ReadPassword();
        if (await FindRunningAsync(password, cancellationToken) is { } running)
        {
            options.Progress?.Invoke($"Joining PostgreSQL {binaries.MajorVersion} in {directory.Root}");
            return running;
        }

        return await StartAsync(password, cancellationToken);
    }

    /// <summary>Stops the server in fast mode: open transactions are rolled back, committed data is kept.</summary>
    public async Task StopAsync()
    {
        if (PostmasterFile.Read(directory.PostmasterFile) is not { MayNameLivingServer: true })
        {
            return;
        }

        options.Progress?.Invoke($"Stopping PostgreSQL in {directory.Root}");
        var result = await account.RunAsync(
            binaries.PgCtl,
            ["stop", "-D", directory.Data, "-m", "fast", "-w", "-t", Seconds(StopTimeout)],
            CancellationToken.None);
        if (!result.Succeeded)
        {
            options.Progress?.Invoke($"PostgreSQL in {directory.Root} did not stop: {result.ErrorSummary}");
        }
    }

    private async Task InitializeAsync(CancellationToken cancellationToken)
    {
        options.Progress?.Invoke($"Creating a cluster of PostgreSQL {binaries.MajorVersion} in {directory.Root}");
        await directory.CreatePasswordAsync(account, cancellationToken);
        var unfinished = directory.PrepareInitdbPath();
        var result = await account.RunAsync(
            binaries.Initdb,
            [
                "-D", unfinished, "-U", ServerAddress.Superuser, "-A", "scram-sha-256", $"--pwfile={directory.PasswordFile}",
                "-E", "UTF8", .. LocaleArguments(),
            ],
            cancellationToken);
        if (!result.Succeeded)
        {
            throw new EmbeddedPostgresException($"initdb could not create a cluster in {directory.Root}: {result.ErrorSummary}");
        }

        Directory.Move(unfinished, directory.Data);
    }

    /// <summary>Sorts by bytes, but knows the letters of all languages: in the plain C locale, <c>lower()</c> handles ASCII only.</summary>
    private string[] LocaleArguments()
    {
        const int FirstWithBuiltinProvider = 17;
        if (binaries.MajorVersion >= FirstWithBuiltinProvider)
        {
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
        }

        return OperatingSystem.IsLinux() ? ["--locale=C.UTF-8"]
            : OperatingSystem.IsMacOS() ? ["--locale=C", "--lc-ctype=en_US.UTF-8"]
            : ["--locale=C"];
    }

    /// <summary>
    /// Finds the server that <c>postmaster.pid</c> names, and waits while it starts. Returns null if there is none, or if it has ended.
    /// Deletes the file of a killed server: its process ID may now belong to another program, which PostgreSQL would take for a server.
    /// Remaining processes of the killed server still keep a new one from starting, because they use its shared memory.
    /// </summary>
    private async Task<ServerAddress?> FindRunningAsync(string password, CancellationToken cancellationToken)
    {
        var waiting = Stopwatch.StartNew();
        while (PostmasterFile.Read(directory.PostmasterFile) is { MayNameLivingServer: true } postmaster)
        {
            if (postmaster.Port is { } port)
            {
                var address = new ServerAddress(port, password);
                if (await address.AnswersAsync(cancellationToken))
                {
                    return address;
                }
            }

            if (waiting.Elapsed > options.StartTimeout)
            {
                throw new EmbeddedPostgresException(
                    $"The server of {directory.Root} (process {postmaster.ProcessId}) runs but does not answer; its log ends with: "
                    + directory.ReadLogTail());
            }

            await Task.Delay(PollInterval, cancellationToken);
        }

        File.Delete(directory.PostmasterFile);
        return null;
    }

    /// <summary>
    /// Starts the server. This may need several attempts: another program may take the free port first, the processes of a killed server
    /// need a moment to exit, or a pg_ctl left by a killed process may start a server at the same time.
    /// </summary>
    private async Task<ServerAddress> StartAsync(string password, CancellationToken cancellationToken)
    {
        options.Progress?.Invoke($"Starting PostgreSQL {binaries.MajorVersion} in {directory.Root}");
        if (File.Exists(directory.Log))
        {
            File.Move(directory.Log, directory.PreviousLog, overwrite: true);
        }

        var complaint = "";
        var waiting = Stopwatch.StartNew();
        for (var attempt = 1; attempt <= MaxStartAttempts && waiting.Elapsed < options.StartTimeout; attempt++)
        {
            await Task.Delay((attempt - 1) * PollInterval, cancellationToken);
            var result = await account.RunAsync(
                binaries.PgCtl,
                [
                    "start", "-D", directory.Data, "-l", directory.Log, "-w", "-t", Seconds(options.StartTimeout - waiting.Elapsed),
                    "-o", ServerArguments(),
                ],
                CancellationToken.None); // killing pg_ctl would leave a server that cannot be found yet; Ctrl+C in a terminal stops it
            if (await FindRunningAsync(password, cancellationToken) is { } address)
            {
                return address;
            }

            complaint = result.ErrorSummary;
        }

        throw new EmbeddedPostgresException(
            $"PostgreSQL {binaries.MajorVersion} in {directory.Root} did not start ({complaint}); its log ends with:{Environment.NewLine}"
            + directory.ReadLogTail());
    }

    /// <summary>The server's arguments, quoted for pg_ctl's shell. The last setting of a name wins, so required ones come last.</summary>
    private string ServerArguments() =>
        string.Join(' ', options.Settings
            .Append(new("listen_addresses", "127.0.0.1"))
            .Append(new("unix_socket_directories", ""))
            .Append(new("port", FindFreePort().ToString(CultureInfo.InvariantCulture)))
            .Select(setting => "-c " + Quote($"{setting.Key}={setting.Value}")));

    private static string Quote(string argument) =>
        OperatingSystem.IsWindows()
            ? $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Seconds(TimeSpan time) =>
        Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
