using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
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
        NpgsqlException or SocketException => true,
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

    /// <summary>Whether the database ended this transaction as it and another waited for each other. Done again, it will succeed.</summary>
    internal static bool IsDeadlock(Exception? exception) => exception is not null
        && (exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } || IsDeadlock(exception.InnerException));

    private static bool EndsSession(string state) => state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal);

    /// <summary>Whether a row broke a unique index.</summary>
    internal static bool IsDuplicate(this DbUpdateException exception, [NotNullWhen(true)] out string? index)
    {
        index = exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation ? violation.ConstraintName : null;
        return index is not null;
    }
}
