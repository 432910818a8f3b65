using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// The pools of connections to the database. There is one, of the connection string, unless
/// <see cref="DatabaseOptions.ConnectToWorkers"/> is set: then each worker of the Citus cluster that has rows of organizations in use has
/// another one.
/// </summary>
public sealed class DatabaseConnections(
    NpgsqlDataSource main,
    string connectionString,
    DatabaseOptions options,
    ConnectionGate gate,
    ILogger<DatabaseConnections> logger) : IDisposable
{
    // Finds the node with the rows of the organization $1. The coordinator can be such a node too.
    private const string NodeSql =
        $"""
        select node.nodename, node.nodeport, node.groupid = 0
        from pg_dist_placement placement
        join pg_dist_node node on node.groupid = placement.groupid
        where placement.shardid = get_shard_id_for_distribution_column('{TableDistribution.FirstTable}', $1) and node.noderole = 'primary'
        """;

    private const int MaxRoutes = 100_000;

    // Shards rarely move, and any other node still finds their rows.
    private static readonly TimeSpan RouteLifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(string Host, int Port), NpgsqlDataSource> _workers = new();
    private readonly ConcurrentDictionary<Ulid, Lazy<Task<NpgsqlDataSource>>> _lookups = new();
    private readonly MemoryCache _routes = new(new MemoryCacheOptions { SizeLimit = MaxRoutes });
    private long _renewed;

    /// <summary>The name of the activity source and of the meter that report database commands.</summary>
    public static string InstrumentationName => nameof(Npgsql);

    /// <summary>
    /// Returns what is wrong with a connection string, or <see langword="null"/> if nothing is. The text never contains a part of the
    /// connection string, which is secret.
    /// </summary>
    public static string? Check(string connectionString)
    {
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host) ? "it names no Host" : null;
        }
        catch (ArgumentException)
        {
            return "it is not of the form Host=…;Database=…;Username=…;Password=…, or has a keyword or value that is not known";
        }
    }

    /// <summary>
    /// Discards the pooled connections, and what is known about nodes. Called after an outage, so that later requests do not fail on dead
    /// connections.
    /// </summary>
    public void Renew()
    {
        // While one worker is down, each request to it gets here, and the connections to the others should last.
        var renewed = Interlocked.Read(ref _renewed);
        if (options.ConnectToWorkers
            && (Stopwatch.GetElapsedTime(renewed) < RenewalPause
                || Interlocked.CompareExchange(ref _renewed, Stopwatch.GetTimestamp(), renewed) != renewed))
        {
            return;
        }

        _routes.Clear();
        main.Clear();
        foreach (var worker in _workers.Values)
        {
            worker.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var worker in _workers.Values)
        {
            worker.Dispose();
        }

        _routes.Dispose();
    }

    /// <summary>Creates a connection for reading data of an organization. It is not open yet.</summary>
    internal NpgsqlConnection CreateForReading(Ulid organizationId)
    {
        if (options.ConnectToWorkers)
        {
            if (_routes.TryGetValue(organizationId, out NpgsqlDataSource? pool))
            {
                return pool!.CreateConnection();
            }

            // The coordinator finds all rows, so a read does not wait for the look-up.
            _ = FindPoolAsync(organizationId);
        }

        return main.CreateConnection();
    }

    /// <summary>
    /// Gives a context a connection for writing data of an organization. Requests with the same idempotency key thus take their locks on
    /// the same node, on every server.
    /// </summary>
    internal async Task UseForWritingAsync(AccountsDbContext context, Ulid organizationId)
    {
        if (options.ConnectToWorkers)
        {
            Use(
                context,
                _routes.TryGetValue(organizationId, out NpgsqlDataSource? pool) ? pool! : await FindPoolAsync(organizationId));
        }
    }

    /// <summary>Gives a context a connection of the main pool, as it keeps the one of its last user otherwise.</summary>
    internal void Reset(AccountsDbContext context)
    {
        if (options.ConnectToWorkers)
        {
            Use(context, main);
        }
    }

    /// <summary>
    /// Runs statements that may take long, such as a migration, on a session without limits, which nobody gets afterwards.
    /// </summary>
    internal async Task<T> RunWithoutLimitsAsync<T>(
        AccountsDbContext context, Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        context.Database.SetCommandTimeout(TimeSpan.Zero);
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var connection = (NpgsqlConnection)context.Database.GetDbConnection();
            await LiftLimitsAsync(connection, "session", cancellationToken);
            return await action(connection);
        }
        finally
        {
            Renew();
            await context.Database.CloseConnectionAsync();
        }
    }

    private static void Use(AccountsDbContext context, NpgsqlDataSource pool) =>
        context.Database.SetDbConnection(pool.CreateConnection(), contextOwnsConnection: true);

    /// <summary>Finds the pool for an organization. Requests at the same time share one look-up.</summary>
    private Task<NpgsqlDataSource> FindPoolAsync(Ulid organizationId) =>
        _lookups.GetOrAdd(organizationId, id => new Lazy<Task<NpgsqlDataSource>>(() => LookUpPoolAsync(id))).Value;

    private async Task<NpgsqlDataSource> LookUpPoolAsync(Ulid organizationId)
    {
        var (pool, lifetime) = (main, RetryAfter);
        try
        {
            pool = await AskCoordinatorAsync(organizationId);
            await using var probe = await gate.OpenAsync(pool, CancellationToken.None);
            lifetime = RouteLifetime;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            logger.LogWarning(
                "The worker with the rows of organization {Organization} cannot be used directly: {Reason}",
                organizationId,
                exception.GetBaseException().Message);
            pool = main;
        }
        finally
        {
            _routes.Set(organizationId, pool, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = lifetime });
            _lookups.TryRemove(organizationId, out _);
        }

        return pool;
    }

    private async Task<NpgsqlDataSource> AskCoordinatorAsync(Ulid organizationId)
    {
        await using var connection = await gate.OpenAsync(main, CancellationToken.None);
        await using var command = new NpgsqlCommand(NodeSql, connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        return !await reader.ReadAsync() || reader.GetBoolean(2)
            ? main
            : _workers.GetOrAdd((reader.GetString(0), reader.GetInt32(1)), node => Open(
                new NpgsqlConnectionStringBuilder(connectionString) { Host = node.Host, Port = node.Port }.ConnectionString, options));
    }

    /// <summary>Opens the pool for a connection string.</summary>
    internal static NpgsqlDataSource Open(string connectionString, DatabaseOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Connections carry no state of a user: nothing has to be reset between two users.
            NoResetOnClose = true,
        };
        if (builder.MaxAutoPrepare == 0 && options.PreparedStatements)
        {
            builder.MaxAutoPrepare = DatabaseOptions.MaxPreparedStatements;
            builder.AutoPrepareMinUsages = 2;
        }

        // Npgsql's own builder does not tell a given value from a default.
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        bool IsGiven(string name) =>
            given.ContainsKey(name) || given.ContainsKey(name.Replace(" ", "", StringComparison.Ordinal));

        if (!IsGiven("Timeout"))
        {
            builder.Timeout = DatabaseOptions.ConnectSeconds;
        }

        if (!IsGiven("Command Timeout"))
        {
            builder.CommandTimeout = DatabaseOptions.CommandSeconds;
        }

        if (!IsGiven("Cancellation Timeout"))
        {
            builder.CancellationTimeout = DatabaseOptions.CancellationMilliseconds;
        }

        if (!IsGiven("GSS Encryption Mode"))
        {
            // Trying Kerberos first would cost a round trip for each connection, and time when the database does not answer.
            builder.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        var source = new NpgsqlDataSourceBuilder(builder.ConnectionString);
        var limits = options.SessionLimits;
        source.UsePhysicalConnectionInitializer(
            connection => Execute(connection, limits), connection => ExecuteAsync(connection, limits, CancellationToken.None));
        return source.Build();
    }

    /// <summary>Lifts the limits on the statements of a connection, for a migration, which may take long.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="scope">How long: <c>local</c> for the transaction, <c>session</c> for good.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    internal static Task LiftLimitsAsync(NpgsqlConnection connection, string scope, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, $"set {scope} statement_timeout = 0; set {scope} lock_timeout = 0", cancellationToken);

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Settings of the database.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Database";

    /// <summary>The largest number of statements that a connection keeps prepared.</summary>
    internal const int MaxPreparedStatements = 250;

    /// <summary>
    /// The seconds to wait for the database when a connection is opened, unless the connection string says otherwise. Npgsql waits as long
    /// again when it tries to cancel a statement.
    /// </summary>
    internal const int ConnectSeconds = 2;

    /// <summary>
    /// The seconds to wait for the end of a statement, unless the connection string says otherwise. A request to a database that does not
    /// answer at all is thus answered after 5 + 2 seconds.
    /// </summary>
    internal const int CommandSeconds = 5;

    /// <summary>The milliseconds to wait for the database to confirm that it has cancelled a statement.</summary>
    internal const int CancellationMilliseconds = 500;

    /// <summary>
    /// Whether connections keep statements prepared, which makes reads several times faster. Turn it off behind a pooler that does not
    /// support prepared statements, such as PgBouncer before 1.21 in transaction mode.
    /// </summary>
    public bool PreparedStatements { get; set; } = true;

    /// <summary>
    /// Whether the server connects to the workers of a Citus cluster, under the names and ports at which the coordinator knows them.
    /// Requests of an organization then go straight to the node that has its rows. Ignored if the tables are not distributed.
    /// </summary>
    public bool ConnectToWorkers { get; set; }

    /// <summary>The seconds after which PostgreSQL ends a statement, even if nobody waits for it. 0 for no limit.</summary>
    [Range(0, 3_600)]
    public int StatementTimeoutSeconds { get; set; } = 30;

    /// <summary>The seconds that a statement waits for a lock. 0 for no limit.</summary>
    [Range(0, 3_600)]
    public int LockTimeoutSeconds { get; set; } = 5;

    /// <summary>The statements that set the limits of a connection.</summary>
    internal string SessionLimits => string.Create(
        CultureInfo.InvariantCulture,
        $"set statement_timeout = '{StatementTimeoutSeconds}s'; set lock_timeout = '{LockTimeoutSeconds}s'");
}
