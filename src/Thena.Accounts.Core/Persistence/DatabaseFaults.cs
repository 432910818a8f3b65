using System.Net.Sockets;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Tells what sort of trouble an exception of the database is.</summary>
public static class DatabaseFaults
{
    /// <summary>Whether the database could not be reached, was shutting down or had no room, so that the same request may work a moment later.</summary>
    public static bool IsUnavailable(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: var state } =>
            EndsSession(state) || state.StartsWith("53", StringComparison.Ordinal) || state is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        NpgsqlException or SocketException or TransactionCollisionException => true,
        _ => IsUnavailable(exception.InnerException),
    };

    /// <summary>Whether it is the connection that failed, so that idle ones will have failed too; not the database's refusal of one request.</summary>
    public static bool IsConnectionLost(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: var state } => EndsSession(state),
        SocketException or System.IO.IOException => true,
        _ => IsConnectionLost(exception.InnerException),
    };

    /// <summary>Whether a transaction collided with another one, so that it can succeed when it runs again.</summary>
    internal static bool IsCollision(Exception? exception) => exception switch
    {
        null => false,
        TransactionCollisionException => true,
        PostgresException { SqlState: var state } => state is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        _ => IsCollision(exception.InnerException),
    };

    private static bool EndsSession(string state) => state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal);
}

/// <summary>Another transaction changed what this one had read before it could lock it.</summary>
internal sealed class TransactionCollisionException() : Exception("Another transaction changed the same rows.");
