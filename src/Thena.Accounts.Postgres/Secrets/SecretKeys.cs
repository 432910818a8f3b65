using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Secrets;

/// <summary>
/// Reads and stores the keys that encrypt secrets. Its methods block, as those of Data Protection do, which keeps what it has read for a
/// day.
/// </summary>
/// <param name="services">Gives the pool. The server is built before it knows its database.</param>
/// <param name="ids">Generates IDs.</param>
/// <param name="time">The clock.</param>
public sealed class SecretKeys(IServiceProvider services, IdGenerator ids, TimeProvider time)
{
    /// <summary>Reads all keys as XML, oldest first.</summary>
    public IReadOnlyList<string> ReadAll()
    {
        using var command = Pool.CreateCommand($"select xml from {SecretKeyConfiguration.Table} order by id");
        using var reader = command.ExecuteReader();
        List<string> keys = [];
        while (reader.Read())
        {
            keys.Add(reader.GetString(0));
        }

        return keys;
    }

    /// <summary>Stores a key.</summary>
    public void Add(string xml)
    {
        using var command = Pool.CreateCommand($"insert into {SecretKeyConfiguration.Table} (id, xml, created_at) values ($1, $2, $3)");
        command.Parameters.Add(Parameters.Of(ids.Next()));
        command.Parameters.Add(Parameters.Of(xml));
        command.Parameters.Add(Parameters.Of(time.Now()));
        command.ExecuteNonQuery();
    }

    private NpgsqlDataSource Pool => (NpgsqlDataSource)services.GetService(typeof(NpgsqlDataSource))!;
}
