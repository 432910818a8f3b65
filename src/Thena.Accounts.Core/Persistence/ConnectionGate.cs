using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Opens connections. If the pool is exhausted or PostgreSQL allows no more of them, requests wait in a queue for one that another request
/// gives back, for 5 seconds at most.
/// </summary>
public sealed class ConnectionGate : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

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
        try
        {
            await OpenInTurnAsync(connection, started, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
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

    private static TimeoutException NotInTime() => new("No connection to the database has become free in time.");

    private static async Task<bool> TryOpenAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException exception) when (
            exception.SqlState == PostgresErrorCodes.TooManyConnections
            || exception.Message.Contains("pool has been exhausted", StringComparison.Ordinal))
        {
            return false;
        }
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
