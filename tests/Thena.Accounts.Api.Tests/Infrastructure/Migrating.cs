using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Thena.Accounts.Postgres.Schema;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>Older schemas, and migrations that wait for a lock.</summary>
internal static class Migrating
{
    /// <summary>Gives a database the schema of the first version.</summary>
    /// <returns>All migrations of this version.</returns>
    public static async Task<List<string>> MigrateToFirstAsync(this AccountsDbContext context)
    {
        List<string> all = [.. context.GetService<IMigrationsAssembly>().Migrations.Keys];
        await context.GetService<IMigrator>().MigrateAsync(all[0], TestContext.Current.CancellationToken);
        return all;
    }

    /// <summary>Returns when a session of the server waits for a lock.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="hasEnded">Whether the migration has ended, which it must not.</param>
    public static async Task WaitForLockAsync(NpgsqlDataSource dataSource, Func<bool> hasEnded)
    {
        await using var waiting = dataSource.CreateCommand(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        while (await waiting.ExecuteScalarAsync(TestContext.Current.CancellationToken) is false)
        {
            Assert.False(hasEnded(), "The migration did not wait.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
