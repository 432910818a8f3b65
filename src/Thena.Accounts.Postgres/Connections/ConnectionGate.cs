using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>
/// Opens connections. If the pool is exhausted or PostgreSQL allows no more of them, requests wait in a queue for one that another request
/// gives back, for 5 seconds at most. Each node of the database has a queue of its own, so that one that hangs holds up no other.
/// </summary>
public sealed class ConnectionGate : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly ConcurrentDictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Node, int Process), bool> _suspects = new();

    /// <summary>Opens a connection.</summary>
    /// <exception cref="TimeoutException">No connection has become free in time.</exception>
    internal async Task OpenAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var queue = _queues.GetOrAdd(connection.DataSource, _ => new Queue());
        if (Volatile.Read(ref queue.Waiting) == 0 && await TryOpenAsync(connection, cancellationToken))
        {
            return;
        }

        Interlocked.Increment(ref queue.Waiting);
        try
        {
            await OpenInTurnAsync(connection, queue.Turn, started, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref queue.Waiting);
        }
    }

    /// <summary>
    /// Notes that the session of an open connection must have no other user, unless it is sound after the exception. It is closed for good
    /// when its connection comes out of the pool again.
    /// </summary>
    internal void Suspect(DbConnection? connection, Exception exception)
    {
        if (connection is NpgsqlConnection { State: ConnectionState.Open } open && !DatabaseFaults.LeavesSessionSound(exception))
        {
            _suspects[Session(open)] = true;
        }
    }

    /// <summary>Opens a connection of a data source.</summary>
    /// <inheritdoc cref="OpenAsync(DbConnection, CancellationToken)"/>
    internal async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var connection = dataSource.CreateConnection();
        await OpenAsync(connection, cancellationToken);
        return connection;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var queue in _queues.Values)
        {
            queue.Turn.Dispose();
        }
    }

    /// <summary>Only the first in the queue asks PostgreSQL, so that the others cost it nothing.</summary>
    private async Task OpenInTurnAsync(
        DbConnection connection, SemaphoreSlim turn, long started, CancellationToken cancellationToken)
    {
        var left = Patience - Stopwatch.GetElapsedTime(started);
        if (left <= TimeSpan.Zero || !await turn.WaitAsync(left, cancellationToken))
        {
            throw NotInTime();
        }

        try
        {
            while (!await TryOpenAsync(connection, cancellationToken))
            {
                if (Stopwatch.GetElapsedTime(started) > Patience)
                {
                    throw NotInTime();
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private static TimeoutException NotInTime() => new("No connection to the database has become free in time.");

    private async Task<bool> TryOpenAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
            while (connection is NpgsqlConnection open && _suspects.ContainsKey(Session(open)))
            {
                await CloseForGoodAsync(open, cancellationToken);
                await connection.OpenAsync(cancellationToken);
            }

            return true;
        }
        catch (NpgsqlException exception) when (
            exception.SqlState == PostgresErrorCodes.TooManyConnections
            || exception.Message.Contains("pool has been exhausted", StringComparison.Ordinal))
        {
            return false;
        }
    }

    /// <summary>Closes the session of a connection, which Npgsql would only return to the pool.</summary>
    private async Task CloseForGoodAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var session = Session(connection);
        try
        {
            // Npgsql closes the session of a command that starts a COPY, as the answer to that is no result.
            await using var copy = new NpgsqlCommand("copy (select 1) to stdout", connection);
            await copy.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NotSupportedException or NpgsqlException)
        {
            // It is closed now.
        }

        _suspects.TryRemove(session, out _);
        await connection.CloseAsync();
    }

    private static (string Node, int Process) Session(NpgsqlConnection connection) => (connection.DataSource, connection.ProcessID);

    /// <summary>The requests that wait for a connection to one node.</summary>
    private sealed class Queue
    {
        public int Waiting;

        public SemaphoreSlim Turn { get; } = new(1);
    }
}

/// <summary>Tells the <see cref="ConnectionGate"/> of the statements of Entity Framework that fail.</summary>
internal sealed class FailedCommandInterceptor(ConnectionGate gate) : DbCommandInterceptor
{
    public override Task CommandFailedAsync(
        DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        gate.Suspect(command.Connection, eventData.Exception);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(
        DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        gate.Suspect(command.Connection, new OperationCanceledException(cancellationToken));
        return Task.CompletedTask;
    }
}

/// <summary>Opens the connections of the context through the <see cref="ConnectionGate"/>.</summary>
internal sealed class ConnectionGateInterceptor(ConnectionGate gate) : DbConnectionInterceptor
{
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await gate.OpenAsync(connection, cancellationToken);
        return InterceptionResult.Suppress();
    }
}
