using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Thena.Accounts.Postgres.Citus;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Tenancy;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>
/// The pools of connections to the database. There is one, of the connection string, unless
/// <see cref="DatabaseOptions.ConnectToWorkers"/> is set: then each worker of the Citus cluster that has rows of organizations in use has
/// another one.
/// </summary>
public sealed class DatabaseConnections : IDisposable
{
    private const int MaxAttempts = 3;

    private readonly NpgsqlDataSource _main;
    private readonly ConnectionGate _gate;
    private readonly WorkerRoutes? _routes;

    /// <summary>Creates an instance.</summary>
    /// <param name="main">The pool of the connection string.</param>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="options">The settings.</param>
    /// <param name="gate">Opens the connections.</param>
    /// <param name="logger">The log.</param>
    public DatabaseConnections(
        NpgsqlDataSource main,
        string connectionString,
        DatabaseOptions options,
        ConnectionGate gate,
        ILogger<DatabaseConnections> logger)
    {
        (_main, _gate) = (main, gate);
        RequestLimit = new NpgsqlConnectionStringBuilder(main.ConnectionString).CommandTimeout is > 0 and var seconds
            ? TimeSpan.FromSeconds(seconds + 1)
            : null;
        _routes = options.ConnectToWorkers ? new WorkerRoutes(main, OpenWorker, gate, logger) : null;

        NpgsqlDataSource OpenWorker(string host, int port) =>
            Open(new NpgsqlConnectionStringBuilder(connectionString) { Host = host, Port = port }.ConnectionString, options);
    }

    /// <summary>The name of the activity source and of the meter that report database commands.</summary>
    public static string InstrumentationName => nameof(Npgsql);

    /// <summary>
    /// The time that a request as a whole waits for the database, see <see cref="DatabaseDeadline"/>: a second more than for one statement.
    /// Null if there is no limit.
    /// </summary>
    public TimeSpan? RequestLimit { get; }

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
    /// Forgets which node has the rows of an organization, and discards the pooled connections to it. Called after a fault for which
    /// <see cref="DatabaseFaults.IsNodeLost"/> holds, so that later requests connect again.
    /// </summary>
    public void Renew(CurrentOrganization organization) => Renew(organization.ChosenId);

    /// <inheritdoc/>
    public void Dispose() => _routes?.Dispose();

    /// <summary>
    /// Runs statements outside of any transaction, on a connection of its own. They are repeated if the session was not what Npgsql took it
    /// for, so they must have the same effect twice as once.
    /// </summary>
    /// <param name="organizationId">The organization whose data are read; null for data without one.</param>
    /// <param name="action">Runs the statements.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    internal async Task<T> RunAsync<T>(
        Ulid? organizationId, Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // The coordinator finds all rows, so a read does not wait until the node is known.
            var pool = organizationId is { } id ? _routes?.Find(id) : null;
            await using var connection = (pool ?? _main).CreateConnection();
            await _gate.OpenAsync(connection, cancellationToken);
            try
            {
                return await action(connection);
            }
            catch (Exception exception)
            {
                Note(connection, organizationId, exception);
                if (attempt == MaxAttempts || !(DatabaseFaults.IsStatementLost(exception) || DatabaseFaults.IsOutOfStep(exception)))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>
    /// Reads rows of tables that belong to no organization, with a statement in SQL. Its values become parameters. For administration and
    /// the look-up of keys.
    /// </summary>
    public Task<IReadOnlyList<TRow>> ReadAsync<TRow>(
        FormattableString sql, Func<DbDataReader, TRow> readRow, CancellationToken cancellationToken) => RunAsync(
        organizationId: null,
        async connection =>
        {
            var statements = new Statements();
            var rows = statements.Read(Parameters.Command(sql), reader => readRow(reader));
            await statements.SendAsync(connection, transaction: null, connection.CommandTimeout, cancellationToken);
            return rows;
        },
        cancellationToken);

    /// <summary>Runs such a statement that returns no rows. It must have the same effect twice as once.</summary>
    public Task ExecuteAsync(FormattableString sql, CancellationToken cancellationToken) => RunAsync(
        organizationId: null,
        async connection =>
        {
            var statements = new Statements();
            statements.Add(Parameters.Command(sql));
            await statements.SendAsync(connection, transaction: null, connection.CommandTimeout, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Notes an exception of a connection, so that neither its session nor others with the same fault are used again.</summary>
    /// <param name="connection">The connection, not closed yet.</param>
    /// <param name="organizationId">The organization whose data were asked for, if there is one.</param>
    /// <param name="exception">The exception.</param>
    internal void Note(NpgsqlConnection connection, Ulid? organizationId, Exception exception)
    {
        _gate.Suspect(connection, exception);
        var isUnanswered = exception is OperationCanceledException && connection.FullState == ConnectionState.Broken;
        if (isUnanswered || DatabaseFaults.IsStatementLost(exception))
        {
            Renew(organizationId);
        }
    }

    /// <summary>Opens a connection for reading data of an organization. The caller notes its exceptions.</summary>
    internal async Task<NpgsqlConnection> OpenForReadingAsync(Ulid organizationId, CancellationToken cancellationToken) =>
        await OpenAsync((_routes?.Find(organizationId) ?? _main).CreateConnection(), cancellationToken);

    /// <summary>Opens a connection for writing data of an organization, to the node that has its rows.</summary>
    internal async Task<NpgsqlConnection> OpenForWritingAsync(Ulid organizationId, CancellationToken cancellationToken) =>
        await OpenAsync(
            (_routes is null ? _main : await _routes.FindAsync(organizationId, cancellationToken)).CreateConnection(), cancellationToken);

    /// <summary>
    /// Runs statements that may take long, such as a migration, on a session without limits, which nobody gets afterwards.
    /// </summary>
    internal async Task<T> RunWithoutLimitsAsync<T>(
        DbContext context, Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
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
            _main.Clear();
            await context.Database.CloseConnectionAsync();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await _gate.OpenAsync(connection, cancellationToken);
        return connection;
    }

    private void Renew(Ulid? organizationId)
    {
        var pool = organizationId is { } id ? _routes?.Forget(id) : null;
        (pool ?? _main).Clear();
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
