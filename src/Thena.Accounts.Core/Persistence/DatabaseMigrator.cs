using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Creates the database and updates its schema.</summary>
public sealed class DatabaseMigrator(AccountsDbContext context, NpgsqlDataSource dataSource, DatabaseConnections connections)
{
    /// <summary>The key of the advisory lock. Any number works, but all instances must use the same one.</summary>
    internal const long LockKey = 0x5448454E41;

    /// <summary>
    /// Creates the database if it does not exist, and applies pending migrations. If several instances start at once, one migrates. The
    /// others wait, and then find nothing to do.
    /// </summary>
    /// <remarks>
    /// Entity Framework's own lock is not enough: it looks for pending migrations before it waits, and releases the lock after each
    /// migration. If nothing is pending, this method only reads, so the database role needs no right to change the schema.
    /// </remarks>
    /// <returns>What an administrator should know about the data, one sentence each.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        context.Database.SetCommandTimeout(TimeSpan.Zero);
        await CreateDatabaseAsync(cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await DatabaseConnections.LiftLimitsAsync(connection, "local", cancellationToken);
        await using var hold = new NpgsqlCommand(
            "select pg_advisory_xact_lock($1)", connection, transaction)
        { Parameters = { new() { Value = LockKey } }, CommandTimeout = 0 };
        await hold.ExecuteNonQueryAsync(cancellationToken);
        List<string> pending = [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
        var notices = pending.Count > 0 ? await ApplyAsync(pending, cancellationToken) : [];
        await transaction.CommitAsync(cancellationToken);
        return notices;
    }

    /// <summary>Applies migrations without limits on their statements, and upgrades keys where they come to that.</summary>
    private Task<List<string>> ApplyAsync(List<string> pending, CancellationToken cancellationToken) => connections.RunWithoutLimitsAsync(
        context,
        async connection =>
        {
            List<string> notices = [];
            var upgrade = pending.IndexOf(KeyUpgrade.Migration);
            if (upgrade > 0)
            {
                await context.Database.MigrateAsync(pending[upgrade - 1], cancellationToken);
            }

            if (upgrade >= 0)
            {
                notices = await KeyUpgrade.RunAsync(connection, cancellationToken);
            }

            await context.Database.MigrateAsync(cancellationToken);
            return notices;
        },
        cancellationToken);

    /// <summary>Returns whether the database can be reached and no migration is pending.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        await context.Database.CanConnectAsync(cancellationToken)
            && !(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any();

    /// <summary>Returns whether the model differs from the latest migration, which means that a migration is missing.</summary>
    public bool HasPendingModelChanges() => context.Database.HasPendingModelChanges();

    /// <summary>Creates the database that the connection string names, if it does not exist. The role needs the right to do so.</summary>
    private async Task CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var creator = context.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
        {
            return;
        }

        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException exception) when (
            exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another instance has created it in the meantime.
        }
    }
}
