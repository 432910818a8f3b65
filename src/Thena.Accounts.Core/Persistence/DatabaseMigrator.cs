using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Brings the schema of the database up to date.</summary>
public sealed class DatabaseMigrator(AccountsDbContext context, NpgsqlDataSource dataSource)
{
    /// <summary>Any number, but the same in all copies of the program.</summary>
    private const long LockKey = 0x5448454E41;

    /// <summary>
    /// Applies what is missing. Several copies may do so at once: the others wait until the first is done, and find nothing left. The
    /// tool's own lock
    /// is not enough, as it looks for what is missing before it waits, and lets go after each migration. Where nothing is missing, reading
    /// is enough: the
    /// role need not be allowed more than that.
    /// </summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await CreateDatabaseAsync(cancellationToken);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var hold = new NpgsqlCommand(
            "select pg_advisory_xact_lock($1)", connection, transaction)
        { Parameters = { new() { Value = LockKey } }, CommandTimeout = 0 };
        await hold.ExecuteNonQueryAsync(cancellationToken);
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await context.Database.MigrateAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Whether the database can be reached and its schema is that of this program.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        await context.Database.CanConnectAsync(cancellationToken)
            && !(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any();

    /// <summary>Whether the model differs from the newest migration, so that one is missing.</summary>
    public bool HasPendingModelChanges() => context.Database.HasPendingModelChanges();

    /// <summary>Creates the database that the connection string names, where there is none and the role may.</summary>
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
            // Another copy has done so meanwhile.
        }
    }
}
