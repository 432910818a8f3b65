using Microsoft.EntityFrameworkCore;

namespace Thena.Accounts.Core.Persistence;

/// <summary>Brings the schema of the database up to date.</summary>
public sealed class DatabaseMigrator(AccountsDbContext context)
{
    /// <summary>Applies what is missing. Several copies may do so at once: the history table is locked meanwhile.</summary>
    public Task MigrateAsync(CancellationToken cancellationToken) => context.Database.MigrateAsync(cancellationToken);

    /// <summary>Whether the database can be reached and its schema is that of this program.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        await context.Database.CanConnectAsync(cancellationToken) && !(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any();

    /// <summary>Whether the model differs from the newest migration, so that one is missing.</summary>
    public bool HasPendingModelChanges() => context.Database.HasPendingModelChanges();
}
