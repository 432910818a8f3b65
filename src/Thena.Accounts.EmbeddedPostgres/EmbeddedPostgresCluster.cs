using Npgsql;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>
/// One user's hold on a private PostgreSQL cluster. All who name the same data directory, in this process and in others, share one server:
/// the first starts it, the last to leave stops it. A killed process leaves its server running; the next one joins it.
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

    /// <summary>The absolute path of the folder where the cluster lives, with <c>postgres.log</c> in it.</summary>
    public string DataDirectory => _directory.Root;

    /// <summary>Starts the cluster's server, after creating the cluster where there is none yet, or joins the one that runs.</summary>
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

    /// <summary>The connection string of one database, as the cluster's superuser. It holds as long as this server runs.</summary>
    public string GetConnectionString(string database) => _address.ConnectionString(database);

    /// <summary>Creates a database when it is missing. Several may do so at once.</summary>
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
            // another was faster
        }
    }

    /// <summary>Leaves the cluster. The last one to leave stops the server; its data stay.</summary>
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
            membership.Dispose(); // the folder was deleted under the server, which stops by itself when it notices
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

    /// <summary>Gives up the membership, with the start lock held, and stops the server where no member is left.</summary>
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
