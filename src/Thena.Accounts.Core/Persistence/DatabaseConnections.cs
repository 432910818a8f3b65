using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>The pool of connections to the database.</summary>
public sealed class DatabaseConnections(NpgsqlDataSource dataSource)
{
    /// <summary>The name under which what the database is asked is traced and measured.</summary>
    public static string InstrumentationName => nameof(Npgsql);

    /// <summary>
    /// What is wrong with a connection string, without anything that stands in it; <see langword="null"/> when nothing is.
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
    /// Drops idle connections after an outage, so that requests after it do not each find a dead one first.
    /// </summary>
    public void Renew() => dataSource.Clear();
}
