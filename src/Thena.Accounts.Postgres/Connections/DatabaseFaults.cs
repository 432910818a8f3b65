using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;
using Thena.Accounts.Postgres.Idempotency;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>Classifies exceptions of the database.</summary>
public static class DatabaseFaults
{
    /// <summary>
    /// Whether the database cannot process a request at the moment, so that a retry may succeed. Examples are a lost connection, a
    /// shutdown, a read-only server after a failover, a deadlock, and a lack of connections, memory or time.
    /// </summary>
    public static bool IsUnavailable(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: var state } => EndsSession(state)
            || state is PostgresErrorCodes.InvalidSqlStatementName
            || state.StartsWith("53", StringComparison.Ordinal)
            || state is PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.QueryCanceled
                or PostgresErrorCodes.LockNotAvailable,
        NpgsqlException or SocketException or TimeoutException or TransactionCollisionException or OutOfStepException => true,
        _ => IsOutOfStep(exception) || IsUnavailable(exception.InnerException),
    };

    /// <summary>Says what a fault is, with the host if it is that the host cannot be reached.</summary>
    public static string Describe(Exception exception)
    {
        var fault = exception;
        while (fault is not NpgsqlException && fault.InnerException is { } inner)
        {
            fault = inner;
        }

        return fault is PostgresException { MessageText: var text } ? text
            : fault.InnerException is null ? fault.Message
            : $"{fault.Message}: {fault.GetBaseException().Message}";
    }

    /// <summary>
    /// Whether the node of the database at the other end of the connection is gone or has become a read-only replica, so that other
    /// connections to it are unusable as well.
    /// </summary>
    public static bool IsNodeLost(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: var state } => state is PostgresErrorCodes.ReadOnlySqlTransaction,
        SocketException or IOException => true,
        _ => IsNodeLost(exception.InnerException),
    };

    /// <summary>
    /// Whether the session lacks a statement that Npgsql has prepared. PostgreSQL has then done nothing, so the work can be repeated in
    /// another session. The other sessions of the pool may lack theirs as well.
    /// </summary>
    internal static bool IsStatementLost(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: var state } => state is PostgresErrorCodes.InvalidSqlStatementName,
        _ => IsStatementLost(exception.InnerException),
    };

    /// <summary>
    /// Whether the answers of the database do not belong to what was asked. What was read is worthless. A statement that was sent may have
    /// taken effect.
    /// </summary>
    internal static bool IsOutOfStep(Exception? exception) => exception switch
    {
        null => false,
        OutOfStepException => true,
        // Npgsql has no type of its own for an unexpected message.
        { Source: nameof(Npgsql) } when exception.GetType() == typeof(Exception) => true,
        _ => IsOutOfStep(exception.InnerException),
    };

    /// <summary>
    /// Whether a session may be used again after an exception. If a statement ends in the middle, by an error after its first row or
    /// because it was cancelled, Npgsql can no longer tell which statements of the batch are prepared.
    /// </summary>
    internal static bool LeavesSessionSound(Exception? exception) => exception switch
    {
        null => true,
        PostgresException { SqlState: var state } =>
            state is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.InvalidTextRepresentation,
        NpgsqlException or OperationCanceledException or InvalidCastException => false,
        _ => !IsOutOfStep(exception) && LeavesSessionSound(exception.InnerException),
    };

    /// <summary>Whether a transaction collided with another one, so that it can succeed if it runs again.</summary>
    internal static bool IsCollision(Exception? exception) => exception switch
    {
        null => false,
        TransactionCollisionException or ClaimRefusedException { Reason: ClaimRefusal.StillRunning } => true,
        PostgresException { SqlState: var state } =>
            state is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure,
        _ => IsCollision(exception.InnerException),
    };

    /// <summary>
    /// Whether a constraint is violated. On distributed tables, the name of the constraint is only in the message, with the number of the
    /// shard at its end.
    /// </summary>
    internal static bool Violates(PostgresException exception, string constraint) => Regex.IsMatch(
        exception.ConstraintName ?? exception.MessageText,
        $@"(?<!\w){Regex.Escape(constraint)}(_[0-9]+)?(?!\w)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    /// <summary>Whether a unique index is violated.</summary>
    public static bool Violates(Exception? exception, UniqueIndex index) =>
        exception is PostgresException fault
            ? Violates(fault, index)
            : exception is not null && Violates(exception.InnerException, index);

    /// <summary>Whether a unique index is violated.</summary>
    internal static bool Violates(PostgresException exception, UniqueIndex index) =>
        exception.SqlState == PostgresErrorCodes.UniqueViolation && Violates(exception, index.Name);

    private static bool EndsSession(string state) => state is PostgresErrorCodes.ReadOnlySqlTransaction
        || state.StartsWith("08", StringComparison.Ordinal)
        || state.StartsWith("57P", StringComparison.Ordinal);
}
