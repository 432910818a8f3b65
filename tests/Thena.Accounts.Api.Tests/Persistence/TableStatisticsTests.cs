using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>The statistics of tables that have just been filled. Without them, PostgreSQL sorts all records for each page.</summary>
public sealed class TableStatisticsTests(PostgresServer postgres)
{
    [Fact]
    public async Task NewRows_GetStatistics_AndSessionsWithOldPlansEnd()
    {
        Assert.SkipWhen(postgres.Cluster is not null, "The coordinator does not count the rows of shards.");
        await using var server = new AccountsServer(postgres);
        await server.InitializeAsync();
        var tenant = await server.CreateTenantAsync();
        await using var session = new NpgsqlConnection(server.ConnectionString);
        await session.OpenAsync(TestContext.Current.CancellationToken);
        await RunAsync("alter table accounts set (autovacuum_enabled = false)");
        await RunAsync("set plan_cache_mode = force_generic_plan");
        await RunAsync(
            """
            prepare page (uuid) as
            select r.* from accounts r where r.organization_id = $1 and r.deleted_at is null order by r.id desc limit 10
            """);

        // The server skips tables that are locked.
        await RunAsync("begin; lock table accounts in share update exclusive mode");
        await CreateAsync(1_000);
        Assert.Contains("Sort", await RunAsync("explain execute page (null)"), StringComparison.Ordinal);
        await RunAsync("commit");
        await ExpectNewSessionsAsync(analyses: 1);
        Assert.DoesNotContain("Sort", await RunAsync("explain execute page (null)"), StringComparison.Ordinal);

        // A table that is ten times as large, which another one analyzes.
        await RunAsync("begin; lock table accounts in share update exclusive mode");
        await CreateAsync(4_000);
        await CreateAsync(5_000);
        await RunAsync("analyze accounts; commit");
        await ExpectNewSessionsAsync(analyses: 2);
        Assert.Equal(2, await server.ReadNumberAsync("select analyze_count from pg_stat_user_tables where relname = 'accounts'"));

        async Task CreateAsync(int count) => (await tenant.Client.Post($"{Paths.Accounts}/bulk", new
        {
            accounts = Enumerable.Range(0, count).Select(_ => new { name = "New", primaryDomain = $"{Guid.CreateVersion7():N}.example" }),
        })).Expect(201);

        // Other tables are filled as well, and sessions end for each of them.
        async Task ExpectNewSessionsAsync(int analyses)
        {
            while (await server.ReadNumberAsync(
                $"""
                select count(*) from pg_stat_user_tables
                where relname = 'accounts' and (analyze_count < {analyses} or exists (
                    select from pg_stat_activity
                    where datname = current_database() and pid not in (pg_backend_pid(), {session.ProcessID})
                        and backend_start < last_analyze))
                """) > 0)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }

        async Task<string> RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, session);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            var lines = "";
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                lines += reader.GetString(0) + "\n";
            }

            return lines;
        }
    }
}
