using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>The pool of connections to the database.</summary>
public sealed class DatabaseConnections(NpgsqlDataSource dataSource)
{
    /// <summary>The name under which what the database is asked is traced and measured.</summary>
    public static string InstrumentationName => nameof(Npgsql);

    /// <summary>
    /// Drops idle connections after an outage, so that requests after it do not each find a dead one first.
    /// </summary>
    public void Renew() => dataSource.Clear();
}
