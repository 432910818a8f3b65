using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>The pool of connections to the database.</summary>
public sealed class DatabaseConnections(NpgsqlDataSource dataSource)
{
    /// <summary>The name of the activity source and of the meter that report database commands.</summary>
    public static string InstrumentationName => nameof(Npgsql);

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
    /// Discards the pooled connections. Called after an outage, so that later requests do not fail on dead connections.
    /// </summary>
    public void Renew() => dataSource.Clear();

    /// <summary>Opens the pool for a connection string.</summary>
    internal static NpgsqlDataSource Open(string connectionString, DatabaseOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Connections carry no session state: nothing has to be reset between two users.
            NoResetOnClose = true,
        };
        if (builder.MaxAutoPrepare == 0 && options.PreparedStatements)
        {
            builder.MaxAutoPrepare = DatabaseOptions.MaxPreparedStatements;
            builder.AutoPrepareMinUsages = 2;
        }

        return new NpgsqlDataSourceBuilder(builder.ConnectionString).Build();
    }
}

/// <summary>Settings of the database.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Database";

    /// <summary>The largest number of statements that a connection keeps prepared.</summary>
    internal const int MaxPreparedStatements = 250;

    /// <summary>
    /// Whether connections keep statements prepared, which makes reads several times faster. Turn it off behind a pooler that does not
    /// support prepared statements, such as PgBouncer before 1.21 in transaction mode.
    /// </summary>
    public bool PreparedStatements { get; set; } = true;
}
