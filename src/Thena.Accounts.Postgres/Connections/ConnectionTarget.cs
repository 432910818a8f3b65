using Npgsql;

namespace Thena.Accounts.Postgres.Connections;

/// <summary>What the connection string of a pool says, without what is secret.</summary>
/// <param name="Host">The hosts.</param>
/// <param name="Database">The database.</param>
/// <param name="MaxConnections">The largest number of connections.</param>
public sealed record ConnectionTarget(string Host, string Database, int MaxConnections)
{
    /// <summary>Reads a connection string.</summary>
    internal static ConnectionTarget Of(NpgsqlConnectionStringBuilder builder) =>
        new(builder.Host ?? "", builder.Database ?? builder.Username ?? "", builder.MaxPoolSize);
}
