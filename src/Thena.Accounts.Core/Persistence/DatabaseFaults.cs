using System.Net.Sockets;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Tells what sort of trouble an exception of the database is.</summary>
public static class DatabaseFaults
{
    /// <summary>
    /// Whether the database could not do its work now, so that the same request may succeed a moment later: it cannot be reached, is
    /// shutting down, is read-only after a failover, or ran out of connections, memory or time.
    /// </summary>
    public static bool IsUnavailable(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: var state } => EndsSession(state)
            || state.StartsWith("53", StringComparison.Ordinal)
            || state is PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.LockNotAvailable,
        NpgsqlException or SocketException or TransactionCollisionException => true,
        _ => IsUnavailable(exception.InnerException),
    };

    /// <summary>Whether idle connections are of no use any more either: the server has gone, or has become a read-only replica.</summary>
    public static bool IsConnectionLost(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: var state } => EndsSession(state),
        SocketException or IOException => true,
        _ => IsConnectionLost(exception.InnerException),
    };

    /// <summary>Whether a transaction collided with another one, so that it can succeed when it runs again.</summary>
    internal static bool IsCollision(Exception? exception) => exception switch
    {
        null => false,
        TransactionCollisionException => true,
        PostgresException { SqlState: var state } =>
            state is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        _ => IsCollision(exception.InnerException),
    };

    private static bool EndsSession(string state) => state is PostgresErrorCodes.ReadOnlySqlTransaction
        || state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal);
}

/// <summary>Another transaction changed what this one had read before it could lock it.</summary>
internal sealed class TransactionCollisionException() : Exception("Another transaction changed the same rows.");
