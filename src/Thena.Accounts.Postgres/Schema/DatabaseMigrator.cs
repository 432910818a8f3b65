using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Thena.Accounts.Postgres.Connections;

namespace Thena.Accounts.Postgres.Schema;

/// <summary>
/// Creates the database, says which migrations it has, and applies those that are pending. Unless it creates or migrates, it needs no
/// database context, whose model takes half a second to create.
/// </summary>
public sealed class DatabaseMigrator(
    IServiceProvider services, NpgsqlDataSource dataSource, DatabaseConnections connections, ILogger<DatabaseMigrator> logger)
{
    private const int LockSeconds = 2;

    /// <summary>The time between two attempts to lock a table, in which those who had to wait catch up.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly Lazy<string[]> Migrations = new(() =>
    [
        .. typeof(AccountsDbContext).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id)
            .Order(StringComparer.Ordinal),
    ]);

    /// <summary>The context, which is made when it is first needed.</summary>
    private AccountsDbContext Context => services.GetRequiredService<AccountsDbContext>();

    /// <summary>The key of the advisory lock. Any number works, but all instances must use the same one.</summary>
    internal const long LockKey = 0x5448454E41;

    /// <summary>Creates the database if it does not exist. The role needs the right to do so.</summary>
    /// <returns>Whether the database did not exist.</returns>
    public async Task<bool> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            return false;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return await CreateMissingAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Applies pending migrations. If several instances start at once, one migrates. The others wait, and then find nothing to do.
    /// </summary>
    /// <remarks>
    /// Entity Framework's own lock is not enough: it looks for pending migrations before it waits, and releases the lock after each
    /// migration. If nothing is pending, this method only reads, so the database role needs no right to change the schema.
    /// </remarks>
    /// <exception cref="UnfitDatabaseException">The database does not exist, or is of a development version before 1.0.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await DatabaseConnections.RemoveLimitsAsync(connection, "local", cancellationToken);
        await using var hold = new NpgsqlCommand(
            "select pg_advisory_xact_lock($1)", connection, transaction)
        { Parameters = { new() { Value = LockKey } }, CommandTimeout = 0 };
        await hold.ExecuteNonQueryAsync(cancellationToken);
        if ((await ReadStateAsync(cancellationToken)).Pending.Count > 0)
        {
            await ApplyAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Applies migrations without limits on their statements. While a statement waits for the lock of a table, all requests wait behind it,
    /// so it gives way after a while and tries again.
    /// </summary>
    private Task ApplyAsync(CancellationToken cancellationToken) => connections.RunWithoutLimitsAsync(
        Context,
        async connection =>
        {
            await using var limit = new NpgsqlCommand($"set lock_timeout = '{LockSeconds}s'", connection);
            await limit.ExecuteNonQueryAsync(cancellationToken);
            while (!await TryApplyAsync(cancellationToken))
            {
                logger.LogWarning(
                    "The migration has waited {Seconds} s for the lock of a table, and tries again after {Pause} s. It succeeds when no "
                    + "export, dump or other long transaction uses the table",
                    LockSeconds,
                    Pause.TotalSeconds);
                await Task.Delay(Pause, cancellationToken);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Applies migrations.</summary>
    /// <returns>Whether there are none left, because every table could be locked.</returns>
    private async Task<bool> TryApplyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Context.Database.MigrateAsync(cancellationToken);
            return true;
        }
        catch (Exception exception)
            when (exception.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            return false;
        }
    }

    /// <summary>Returns whether the database exists and no migration is pending.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadStateAsync(cancellationToken)).Pending.Count == 0;
        }
        catch (UnfitDatabaseException)
        {
            return false;
        }
    }

    /// <summary>Reads which migrations the database has. Changes nothing.</summary>
    /// <exception cref="UnfitDatabaseException">The database does not exist, or is of a development version before 1.0.</exception>
    /// <remarks>
    /// Uses a connection of its own: the transaction that holds the lock must not lock the table, which Entity Framework locks while it
    /// migrates.
    /// </remarks>
    public async Task<SchemaState> ReadStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await connections.RunAsync(connection => ReadStateAsync(connection, cancellationToken), cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            throw Missing();
        }
    }

    /// <summary>Creates the model of the database context ahead of the first write.</summary>
    public void PrepareModel()
    {
        _ = Context.Model;
    }

    /// <summary>Returns whether the model differs from the latest migration, which means that a migration is missing.</summary>
    public bool HasPendingModelChanges() => Context.Database.HasPendingModelChanges();

    private static async Task<SchemaState> ReadStateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var find = new NpgsqlCommand("select to_regclass('migrations') is not null", connection);
        List<string> existing = [];
        if (await find.ExecuteScalarAsync(cancellationToken) is true)
        {
            await using var read = new NpgsqlCommand("select migration_id from migrations", connection);
            await using var reader = await read.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                existing.Add(reader.GetString(0));
            }
        }

        existing.Sort(StringComparer.Ordinal);
        var state = new SchemaState(
            [.. Migrations.Value.Intersect(existing)], [.. Migrations.Value.Except(existing)], [.. existing.Except(Migrations.Value)]);

        // A database of a later version has all of this version's migrations, and more.
        return state is { Applied.Count: 0, Unknown.Count: > 0 } ? throw new OldSchemaException() : state;
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await dataSource.OpenConnectionAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            throw Missing();
        }
    }

    private async Task<bool> CreateMissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Context.GetService<IRelationalDatabaseCreator>().CreateAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (
            exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another instance has created it in the meantime.
            return false;
        }
    }

    private UnfitDatabaseException Missing()
    {
        var target = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        return new(
            $"There is no database \"{target.Database ?? target.Username}\" on {target.Host}: if the name is right, create the database with "
            + "\"thena-accounts database create\".");
    }
}
