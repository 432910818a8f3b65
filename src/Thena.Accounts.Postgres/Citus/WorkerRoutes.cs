using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Citus;

/// <summary>
/// Knows the node of a Citus cluster that has the rows of an organization, and has a pool of connections to each worker in use.
/// </summary>
internal sealed class WorkerRoutes : IDisposable
{
    // Finds the node with the rows of the organization $1. The coordinator can be such a node too.
    private const string NodeSql =
        $"""
        select node.nodename, node.nodeport, node.groupid = 0
        from pg_dist_placement placement
        join pg_dist_node node on node.groupid = placement.groupid
        where placement.shardid = get_shard_id_for_distribution_column('{TableDistribution.FirstTable}', $1) and node.noderole = 'primary'
        """;

    private const int MaxRoutes = 100_000;

    // Shards rarely move, and any other node still finds their rows.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly NpgsqlDataSource _coordinator;
    private readonly Func<string, int, NpgsqlDataSource> _openWorker;
    private readonly ConnectionGate _gate;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<(string Host, int Port), NpgsqlDataSource> _workers = new();
    private readonly OrganizationCache<NpgsqlDataSource> _routes;

    /// <summary>Creates an instance.</summary>
    /// <param name="coordinator">The pool of the coordinator, which finds the rows of all organizations.</param>
    /// <param name="openWorker">Opens the pool for a host and port.</param>
    /// <param name="gate">Opens the connections.</param>
    /// <param name="logger">The log.</param>
    public WorkerRoutes(
        NpgsqlDataSource coordinator, Func<string, int, NpgsqlDataSource> openWorker, ConnectionGate gate, ILogger logger)
    {
        (_coordinator, _openWorker, _gate, _logger) = (coordinator, openWorker, gate, logger);
        _routes = new OrganizationCache<NpgsqlDataSource>(MaxRoutes, FindNodeAsync);
    }

    /// <summary>Returns the pool for an organization, or null if its node is not known yet. Then looks it up in the background.</summary>
    public NpgsqlDataSource? Find(Ulid organizationId)
    {
        if (_routes.TryGet(organizationId, out var pool))
        {
            return pool;
        }

        _ = _routes.LoadAsync(organizationId);
        return null;
    }

    /// <summary>Returns the pool for an organization.</summary>
    public async ValueTask<NpgsqlDataSource> FindAsync(Ulid organizationId, CancellationToken cancellationToken) =>
        _routes.TryGet(organizationId, out var pool) ? pool! : await _routes.LoadAsync(organizationId).WaitAsync(cancellationToken);

    /// <summary>Forgets the node of an organization, which may no longer have its rows.</summary>
    /// <returns>The pool for the node, or null if it was not known.</returns>
    public NpgsqlDataSource? Forget(Ulid organizationId)
    {
        _routes.TryGet(organizationId, out var pool);
        _routes.Remove(organizationId);
        return pool;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _routes.Dispose();
        foreach (var worker in _workers.Values)
        {
            worker.Dispose();
        }
    }

    private async Task<OrganizationCache<NpgsqlDataSource>.Entry> FindNodeAsync(Ulid organizationId)
    {
        try
        {
            var pool = await AskCoordinatorAsync(organizationId);
            await using var probe = await _gate.OpenAsync(pool, CancellationToken.None);
            return new(pool, 1, Lifetime);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            _logger.LogWarning(
                "The worker with the rows of organization {Organization} cannot be used directly: {Reason}",
                organizationId,
                exception.GetBaseException().Message);
            return new(_coordinator, 1, RetryAfter);
        }
    }

    private async Task<NpgsqlDataSource> AskCoordinatorAsync(Ulid organizationId)
    {
        await using var connection = await _gate.OpenAsync(_coordinator, CancellationToken.None);
        await using var command = new NpgsqlCommand(NodeSql, connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        return !await reader.ReadAsync() || reader.GetBoolean(2)
            ? _coordinator
            : _workers.GetOrAdd((reader.GetString(0), reader.GetInt32(1)), node => _openWorker(node.Host, node.Port));
    }
}
