using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>Runs statements on connections of the pool.</summary>
/// <param name="pool">The pool of the connection string, which can name several hosts.</param>
/// <param name="gate">Opens the connections.</param>
public sealed class DatabaseConnections(NpgsqlDataSource pool, ConnectionGate gate)
{
    private const int MaxAttempts = 3;

    /// <summary>The name of the activity source and of the meter that report database commands.</summary>
    public static string InstrumentationName => nameof(Npgsql);

    /// <summary>
    /// The time that a request as a whole waits for the database, see <see cref="DatabaseDeadline"/>: a second more than for one statement.
    /// Null if there is no limit.
    /// </summary>
    public TimeSpan? RequestLimit { get; } =
        new NpgsqlConnectionStringBuilder(pool.ConnectionString).CommandTimeout is > 0 and var seconds
            ? TimeSpan.FromSeconds(seconds + 1)
            : null;

    /// <summary>Where the database is, and how many connections to it there can be.</summary>
    public ConnectionTarget Target { get; } = ConnectionTarget.Of(new NpgsqlConnectionStringBuilder(pool.ConnectionString));

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
    /// Discards the pooled connections, so that later requests connect again. Called after a fault for which
    /// <see cref="DatabaseFaults.IsNodeLost"/> holds, and when the plans of sessions are out of date.
    /// </summary>
    public void Renew() => pool.Clear();

    /// <summary>
    /// Runs statements outside of any transaction, on a connection of its own. They are repeated if the session was not what Npgsql took it
    /// for, so they must have the same effect twice as once.
    /// </summary>
    /// <param name="action">Runs the statements.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    internal async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var connection = await OpenAsync(cancellationToken);
            try
            {
                return await action(connection);
            }
            catch (Exception exception)
            {
                Note(connection, exception);
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
        FormattableString sql, Func<DbDataReader, TRow> readRow, CancellationToken cancellationToken) =>
        ReadAsync(settings: null, () => Parameters.Command(sql), readRow, cancellationToken);

    /// <summary>Reads rows with a statement.</summary>
    /// <param name="settings">A statement with settings for it that runs first, if there is one.</param>
    /// <param name="create">Creates the statement, for each attempt anew: Npgsql notes in it which session has it prepared.</param>
    /// <param name="readRow">Reads a row.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    internal Task<IReadOnlyList<TRow>> ReadAsync<TRow>(
        string? settings,
        Func<NpgsqlBatchCommand> create,
        Func<DbDataReader, TRow> readRow,
        CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            var statements = new Statements();
            if (settings is not null)
            {
                statements.Read(new NpgsqlBatchCommand(settings), _ => { });
            }

            var rows = statements.Read(create(), reader => readRow(reader));
            await statements.SendAsync(connection, connection.CommandTimeout, cancellationToken);
            return rows;
        },
        cancellationToken);

    /// <summary>Runs such a statement that returns no rows. It must have the same effect twice as once.</summary>
    public Task ExecuteAsync(FormattableString sql, CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            var statements = new Statements();
            statements.Add(Parameters.Command(sql));
            await statements.SendAsync(connection, connection.CommandTimeout, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Runs a statement that maintains tables, in one round trip. It may take long, so it has no limits of time.</summary>
    internal Task MaintainAsync(string sql, CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            var statements = new Statements();
            string[] texts = ["begin", "set local statement_timeout = 0", "set local lock_timeout = 0", sql, "commit"];
            statements.Add(texts.Select(text => new NpgsqlBatchCommand(text)));
            await statements.SendAsync(connection, seconds: 0, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Notes an exception of a connection, so that neither its session nor others with the same fault are used again.</summary>
    /// <param name="connection">The connection, not closed yet.</param>
    /// <param name="exception">The exception.</param>
    internal void Note(NpgsqlConnection connection, Exception exception)
    {
        gate.Suspect(connection, exception);
        var isUnanswered = exception is OperationCanceledException && connection.FullState == ConnectionState.Broken;
        if (isUnanswered || DatabaseFaults.IsStatementLost(exception))
        {
            Renew();
        }
    }

    /// <summary>Opens a connection. The caller notes its exceptions.</summary>
    internal async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = pool.CreateConnection();
        await gate.OpenAsync(connection, cancellationToken);
        return connection;
    }

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
            await RemoveLimitsAsync(connection, "session", cancellationToken);
            return await action(connection);
        }
        finally
        {
            pool.Clear();
            await context.Database.CloseConnectionAsync();
        }
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

        // The name in metrics, which would be the whole connection string.
        var source = new NpgsqlDataSourceBuilder(builder.ConnectionString) { Name = builder.Database };
        var limits = options.SessionLimits;
        source.UsePhysicalConnectionInitializer(
            connection => Execute(connection, limits), connection => ExecuteAsync(connection, limits, CancellationToken.None));
        return source.Build();
    }

    /// <summary>Removes the limits on the statements of a connection, for a migration, which may take long.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="scope">How long: <c>local</c> for the transaction, <c>session</c> for good.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    internal static Task RemoveLimitsAsync(NpgsqlConnection connection, string scope, CancellationToken cancellationToken) =>
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
