using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Thena.Accounts.Postgres.Connections;

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
    /// answer at all is thus answered after 5 + 2 seconds, or 6 + 2 if it has waited for several things.
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
    /// Whether the server applies pending migrations when it starts. Otherwise, it does not start while migrations are pending.
    /// </summary>
    public bool MigrateOnStart { get; set; } = true;

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
