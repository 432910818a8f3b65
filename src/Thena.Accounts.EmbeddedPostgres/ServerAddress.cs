using Npgsql;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>How to reach a cluster's server.</summary>
internal sealed class ServerAddress(int port, string password)
{
    /// <summary>The cluster's only role after initdb.</summary>
    public const string Superuser = "thena";

    /// <summary>The database that every cluster has.</summary>
    public const string MaintenanceDatabase = "postgres";

    private const int ConnectTimeoutSeconds = 5;

    public string ConnectionString(string database) => ConnectionStringBuilder(database).ConnectionString;

    /// <summary>Opens a connection of its own, outside any pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var builder = ConnectionStringBuilder(MaintenanceDatabase);
        builder.Pooling = false;
        builder.Timeout = ConnectTimeoutSeconds;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Whether a server accepts connections here and knows the cluster's password, so that it is no other cluster's server.
    /// </summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private NpgsqlConnectionStringBuilder ConnectionStringBuilder(string database) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Superuser,
        Password = password,
        Database = database,
    };
}
