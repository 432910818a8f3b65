using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Postgres.Citus;

/// <summary>
/// Spreads the tables over the nodes of a Citus cluster, and says how they are spread. Each step is one statement and finds out what is
/// left to do, so a run that was interrupted is completed by the next one.
/// </summary>
public sealed class DatabaseDistributor(AccountsDbContext context, DatabaseConnections connections, DatabaseMigrator migrator)
{
    private const int LargestOrganizations = 10;

    private static readonly Error NoExtension = Error.Invalid(
        "The database does not have the extension \"citus\": install Citus on every node, and run \"create extension citus\" first.");

    private static readonly Error NoNodes = Error.Invalid(
        "The Citus cluster has no node for shards: add the nodes with citus_add_node first.");

    /// <summary>
    /// Distributes all tables by organization and puts the foreign keys back. The schema must be up to date. Requests wait for the tables
    /// that are being distributed.
    /// </summary>
    /// <param name="shards">The number of shards per table, unless the first table is distributed already.</param>
    /// <param name="progress">Receives one line for each step.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The status afterwards, or the error if the database is not a Citus cluster.</returns>
    public Task<Result<DatabaseStatus>> DistributeAsync(int shards, Action<string> progress, CancellationToken cancellationToken) =>
        connections.RunWithoutLimitsAsync<Result<DatabaseStatus>>(
            context,
            async _ =>
            {
                if (!await HasExtensionAsync(cancellationToken))
                {
                    return NoExtension;
                }

                if (await CountAsync("select count(*) from pg_dist_node where isactive and shouldhaveshards", cancellationToken) == 0)
                {
                    return NoNodes;
                }

                // The session that works also has the lock: if this process is killed, the lock lasts as long as the statement.
                await RunAsync($"select pg_advisory_lock({DatabaseMigrator.LockKey})", cancellationToken);
                await DistributeTablesAsync(shards, progress, cancellationToken);
                await AddForeignKeysAsync(progress, cancellationToken);
                return await ReadAsync(cancellationToken);
            },
            cancellationToken);

    /// <summary>
    /// Reads the version of the schema, how the tables are spread, and which organizations are the largest. Changes nothing, whatever
    /// version the schema has.
    /// </summary>
    /// <exception cref="UnfitDatabaseException">The database does not exist, or is of a development version before 1.0.</exception>
    public async Task<DatabaseStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        await migrator.ReadStateAsync(cancellationToken);
        return await connections.RunWithoutLimitsAsync(context, _ => ReadAsync(cancellationToken), cancellationToken);
    }

    private IRelationalModel Model => context.Model.GetRelationalModel();

    private async Task<DatabaseStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var schema = await migrator.ReadStateAsync(cancellationToken);
        var isDistributed = await HasExtensionAsync(cancellationToken) && (await UndistributedAsync(cancellationToken)).Count == 0;
        var shards = isDistributed
            ? await CountAsync(
                $"select count(*) from pg_dist_shard where logicalrelid = '{TableDistribution.FirstTable}'::regclass", cancellationToken)
            : 0;
        List<string> nodes = isDistributed
            ? await ListAsync(
                "select nodename || ':' || nodeport from pg_dist_node where isactive and shouldhaveshards order by 1", cancellationToken)
            : [];
        return new DatabaseStatus(
            schema.Applied.Concat(schema.Unknown).LastOrDefault() ?? "",
            schema.Applied,
            schema.Pending,
            schema.Unknown,
            isDistributed,
            shards,
            nodes,
            await ReadLargestAsync(cancellationToken));
    }

    private async Task DistributeTablesAsync(int shards, Action<string> progress, CancellationToken cancellationToken)
    {
        var left = await UndistributedAsync(cancellationToken);
        if (left.Count > 0)
        {
            // Citus distributes a table only if what it refers to, and what refers to it, is distributed.
            var existing = (await ForeignKeysAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
            foreach (var key in ForeignKeys().Where(key => existing.Contains(key.Name)
                && (left.Contains(key.Table.Name) || left.Contains(key.PrincipalTable.Name))))
            {
                await RunAsync($"alter table {key.Table.Name} drop constraint {key.Name}", cancellationToken);
            }
        }

        foreach (var table in left)
        {
            progress($"Distributing {table}");
            await RunAsync(
                $"select {TableDistribution.Call(table, TableDistribution.ReferenceTables.Contains(table), shards)}", cancellationToken);
        }

        // Citus has copied the rows to the shards, and leaves the originals where no query sees them.
        foreach (var table in Tables())
        {
            if (await CountAsync($"select pg_relation_size('{table}')", cancellationToken) > 0)
            {
                progress($"Removing the original rows of {table}");
                await RunAsync($"select truncate_local_data_after_distributing_table('{table}')", cancellationToken);
            }
        }
    }

    private async Task AddForeignKeysAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        var existing = (await ForeignKeysAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var missing = ForeignKeys().Where(key => !existing.Contains(key.Name)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        progress(string.Create(CultureInfo.InvariantCulture, $"Adding {missing.Count} foreign keys"));
        var generator = context.GetService<IMigrationsSqlGenerator>();
        foreach (var key in missing)
        {
            foreach (var command in generator.Generate([TableDistribution.Operation(key)]))
            {
                await RunAsync(command.CommandText, cancellationToken);
            }
        }
    }

    private IEnumerable<string> Tables() => [.. TableDistribution.ReferenceTables, .. TableDistribution.DistributedTables(Model)];

    private IEnumerable<IForeignKeyConstraint> ForeignKeys() => Model.Tables.SelectMany(table => table.ForeignKeyConstraints);

    private Task<List<string>> ForeignKeysAsync(CancellationToken cancellationToken) => ListAsync(
        "select conname::text from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace", cancellationToken);

    private async Task<List<string>> UndistributedAsync(CancellationToken cancellationToken)
    {
        var distributed = await ListAsync("select logicalrelid::text from pg_dist_partition", cancellationToken);
        return [.. Tables().Except(distributed)];
    }

    /// <summary>Reads all rows of all organizations, on all nodes at once. Times of change are a kind of index, and do not count.</summary>
    private async Task<List<OrganizationSize>> ReadLargestAsync(CancellationToken cancellationToken)
    {
        var existing = await ListAsync("select tablename::text from pg_tables where schemaname = 'public'", cancellationToken);
        var times = Model.Tables.Where(table => table.EntityTypeMappings.Any(mapping =>
            mapping.TypeBase.ClrType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(UpdateTime<>)));
        var counts = TableDistribution.DistributedTables(Model)
            .Except(times.Select(table => table.Name))
            .Intersect(existing)
            .Select(table =>
                $"select {TableDistribution.Column}, count(*) as rows, sum(pg_column_size({table}.*)) as bytes from {table} group by 1")
            .ToList();
        if (counts.Count == 0)
        {
            return [];
        }

        await using var command = context.CreateCommand(
            $"""
            select organizations.id, organizations.name, sizes.rows, sizes.bytes
            from (
                select {TableDistribution.Column}, sum(rows)::bigint as rows, sum(bytes)::bigint as bytes
                from ({string.Join(" union all ", counts)}) counts
                group by 1
                order by 3 desc, 1
                limit {LargestOrganizations}
            ) sizes
            join organizations on organizations.id = sizes.{TableDistribution.Column}
            order by sizes.bytes desc, organizations.id
            """);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<OrganizationSize> sizes = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            sizes.Add(new(
                new Ulid(reader.GetGuid(0)).ToString(), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return sizes;
    }

    private async Task<bool> HasExtensionAsync(CancellationToken cancellationToken) =>
        await CountAsync("select count(*) from pg_extension where extname = 'citus'", cancellationToken) > 0;

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = context.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<List<string>> ListAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = context.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> texts = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = context.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
