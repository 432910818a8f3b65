using Npgsql;

namespace Thena.Accounts.EmbeddedPostgres;

/// <summary>The address and the credentials of a cluster's server.</summary>
internal sealed class ServerAddress(int port, string password)
{
    /// <summary>The only role of a new cluster.</summary>
    public const string Superuser = "thena";

    /// <summary>The database that every cluster has.</summary>
    public const string MaintenanceDatabase = "postgres";

    private const int ConnectTimeoutSeconds = 5;

    public string ConnectionString(string database) => ConnectionStringBuilder(database).ConnectionString;

    /// <summary>Opens a connection outside any pool.</summary>
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
    /// Checks whether a server accepts connections here with the cluster's password. Another cluster's server would refuse it.
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
