using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Npgsql;
using Thena.Accounts.Postgres.Metrics;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>
/// Opens connections. If the pool is exhausted or PostgreSQL allows no more of them, requests wait in a queue for one that another request
/// gives back, for 5 seconds at most.
/// </summary>
public sealed class ConnectionGate : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    private readonly ConcurrentDictionary<(string Node, int Process), bool> _suspects = new();
    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;

    /// <summary>Opens a connection.</summary>
    /// <exception cref="TimeoutException">No connection has become free in time.</exception>
    internal async Task OpenAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        if (Volatile.Read(ref _waiting) == 0 && await TryOpenAsync(connection, cancellationToken))
        {
            return;
        }

        Interlocked.Increment(ref _waiting);
        using var wait = DatabaseMetrics.Connections.Begin();
        try
        {
            await OpenInTurnAsync(connection, started, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
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

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Only the first in the queue asks PostgreSQL, so that the others cost it nothing.</summary>
    private async Task OpenInTurnAsync(DbConnection connection, long started, CancellationToken cancellationToken)
    {
        var left = Patience - Stopwatch.GetElapsedTime(started);
        if (left <= TimeSpan.Zero || !await _turn.WaitAsync(left, cancellationToken))
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
            _turn.Release();
        }
    }

    private static TimeoutException NotInTime()
    {
        DatabaseMetrics.CountRefused();
        return new TimeoutException("No connection to the database has become free in time.");
    }

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
}
