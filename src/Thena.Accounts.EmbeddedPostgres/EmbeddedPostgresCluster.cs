using Npgsql;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>
/// A membership in a private PostgreSQL cluster. All members of a data directory, in this process and in others, share one server:
/// the first one starts it, and the last one to leave stops it. If a process is killed, its server runs on and the next process joins it.
/// </summary>
public sealed class EmbeddedPostgresCluster : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly ClusterDirectory _directory;
    private readonly ServerAddress _address;
    private FileLock? _membership;

    private EmbeddedPostgresCluster(PostgresServer server, ClusterDirectory directory, ServerAddress address, FileLock membership)
    {
        _server = server;
        _directory = directory;
        _address = address;
        _membership = membership;
    }

    /// <summary>The absolute path of the cluster's folder, which also contains <c>postgres.log</c>.</summary>
    public string DataDirectory => _directory.Root;

    /// <summary>Joins the cluster's running server, or starts it. Creates the cluster if there is none yet.</summary>
    /// <exception cref="EmbeddedPostgresException">No usable PostgreSQL was found, or it cannot run in the data directory.</exception>
    public static async Task<EmbeddedPostgresCluster> StartAsync(
        EmbeddedPostgresOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var account = await ServerAccount.ChooseAsync(cancellationToken);
            var binaries = await new BinariesSearch(options, account).FindAsync(cancellationToken);
            var directory = new ClusterDirectory(
                options.DataDirectory ?? Path.Combine(DefaultPlaces.Data(account), $"postgres-{binaries.MajorVersion}"));
            directory.Create();
            return await JoinAsync(new PostgresServer(binaries, account, directory, options), directory, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"The embedded PostgreSQL cannot use its files: {e.Message}", e);
        }
    }

    /// <summary>Returns the connection string of a database, as the cluster's superuser. It is valid while this server runs.</summary>
    public string GetConnectionString(string database) => _address.ConnectionString(database);

    /// <summary>Creates a database if it is missing. Concurrent calls are safe.</summary>
    public async Task EnsureDatabaseAsync(string database, CancellationToken ct = default)
    {
        await using var connection = await _address.OpenAsync(ct);
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        find.Parameters.Add(new NpgsqlParameter { Value = database });
        if (await find.ExecuteScalarAsync(ct) is not null)
        {
            return;
        }

        using var quoting = new NpgsqlCommandBuilder();
        await using var create = new NpgsqlCommand($"create database {quoting.QuoteIdentifier(database)}", connection);
        try
        {
            await create.ExecuteNonQueryAsync(ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // created by another caller in the meantime
        }
    }

    /// <summary>Leaves the cluster. The last one to leave stops the server. Its data is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _membership, null) is not { } membership)
        {
            return;
        }

        try
        {
            using var startLock = await FileLock.TakeExclusiveAsync(_directory.StartLock, CancellationToken.None);
            await LeaveAsync(_server, _directory, membership);
        }
        catch (DirectoryNotFoundException)
        {
            membership.Dispose(); // the folder was deleted while the server ran; the server notices and stops by itself
        }
    }

    private static async Task<EmbeddedPostgresCluster> JoinAsync(
        PostgresServer server, ClusterDirectory directory, CancellationToken cancellationToken)
    {
        using var startLock = await FileLock.TakeExclusiveAsync(directory.StartLock, cancellationToken);
        var membership = FileLock.TryTakeShared(directory.UsersLock)
            ?? throw new EmbeddedPostgresException($"{directory.UsersLock} is locked by another program.");
        try
        {
            var address = await server.JoinOrStartAsync(cancellationToken);
            return new EmbeddedPostgresCluster(server, directory, address, membership);
        }
        catch
        {
            await LeaveAsync(server, directory, membership);
            throw;
        }
    }

    /// <summary>Gives up the membership, and stops the server if no member is left. The caller must have the start lock.</summary>
    private static async Task LeaveAsync(PostgresServer server, ClusterDirectory directory, FileLock membership)
    {
        membership.Dispose();
        using var alone = FileLock.TryTakeExclusive(directory.UsersLock);
        if (alone is not null)
        {
            await server.StopAsync();
        }
    }
}
