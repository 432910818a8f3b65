using System.Globalization;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// A Citus cluster, on whose nodes databases are created and copied. Citus finds the shards of a database in the database of the same name
/// on each node, so a copy on all nodes is a distributed database of its own.
/// </summary>
public sealed class CitusCluster
{
    private readonly string _coordinator;
    private readonly IReadOnlyList<(string Host, int Port)> _workers;

    private CitusCluster(string coordinator, IReadOnlyList<(string Host, int Port)> workers) =>
        (_coordinator, _workers) = (coordinator, workers);

    /// <summary>The workers, as the host of a connection string.</summary>
    public string Workers => string.Join(
        ',', _workers.Select(worker => string.Create(CultureInfo.InvariantCulture, $"{worker.Host}:{worker.Port}")));

    /// <summary>Connects to a cluster.</summary>
    /// <param name="coordinator">The connection string of a database of the coordinator that knows the nodes.</param>
    public static async Task<CitusCluster> ConnectAsync(string coordinator)
    {
        await using var dataSource = Open(coordinator);
        await using var command = dataSource.CreateCommand(
            "select nodename, nodeport from pg_dist_node where groupid <> 0 order by nodeid");
        await using var reader = await command.ExecuteReaderAsync();
        List<(string Host, int Port)> workers = [];
        while (await reader.ReadAsync())
        {
            workers.Add((reader.GetString(0), reader.GetInt32(1)));
        }

        return new CitusCluster(coordinator, workers);
    }

    /// <summary>Creates a database, empty or as a copy, on all nodes.</summary>
    /// <returns>The connection string of the database.</returns>
    public async Task<string> CreateAsync(string database, string? template)
    {
        await OnAllNodesAsync("postgres", $"create database {database}{(template is null ? "" : $" template {template}")}");
        var connectionString = On(_coordinator, database);
        if (template is null)
        {
            await OnAllNodesAsync(database, "create extension citus");
            var self = new NpgsqlConnectionStringBuilder(_coordinator);
            await ExecuteAsync(connectionString, $"select citus_set_coordinator_host('{self.Host}', {self.Port})");
            foreach (var (host, port) in _workers)
            {
                await ExecuteAsync(connectionString, $"select citus_add_node('{host}', {port})");
            }
        }

        return connectionString;
    }

    /// <summary>Makes a database a template: nobody can connect to it from now on, not even the daemon of Citus.</summary>
    public async Task CloseAsync(string database)
    {
        await OnAllNodesAsync("postgres", $"alter database {database} allow_connections false");
        await OnAllNodesAsync("postgres", $"select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{database}'");
    }

    /// <summary>Drops a database on all nodes.</summary>
    public async Task DropAsync(string database) => await OnAllNodesAsync("postgres", $"drop database if exists {database} with (force)");

    /// <summary>Returns the connection string with which a statement fails that asks more than one shard.</summary>
    public static string Routed(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Options = "-c citus.multi_task_query_log_level=error -c citus.enable_repartition_joins=off",
    }.ConnectionString;

    private async Task OnAllNodesAsync(string database, string sql)
    {
        foreach (var (host, port) in _workers)
        {
            var worker = new NpgsqlConnectionStringBuilder(On(_coordinator, database)) { Host = host, Port = port };
            await ExecuteAsync(worker.ConnectionString, sql);
        }

        await ExecuteAsync(On(_coordinator, database), sql);
    }

    private static string On(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;

    private static NpgsqlDataSource Open(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var dataSource = Open(connectionString);
        await using var command = dataSource.CreateCommand(sql);
        command.CommandTimeout = 60;
        await command.ExecuteNonQueryAsync();
    }
}
