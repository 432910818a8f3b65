using System.Globalization;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>
/// Rows that a connection outside the server has locked. Requests wait for them in a known order.
/// When the rows are released, the requests run one after the other in that order.
/// </summary>
public sealed class LockedRows : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly string _waiting;
    private readonly List<Task> _queued = [];

    private LockedRows(NpgsqlConnection connection, bool isDistributed) => (_connection, _waiting) = (connection, isDistributed
        ? "select count(distinct waiting_gpid) from citus_lock_waits"
        : "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

    /// <summary>Locks the rows with these IDs.</summary>
    public static async Task<LockedRows> LockAsync(AccountsServer server, string table, params string[] ids)
    {
        var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("begin", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        command.CommandText = $"select organization_id from {table} where id = any($1) limit 1";
        command.Parameters.Add(new() { Value = Array.ConvertAll(ids, id => Ulid.Parse(id, CultureInfo.InvariantCulture).ToGuid()) });
        var organization = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        command.CommandText = $"select id from {table} where organization_id = $2 and id = any($1) order by id for update";
        command.Parameters.Add(new() { Value = organization });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        command.Parameters.Clear();
        command.CommandText = "select to_regclass('citus_lock_waits') is not null";
        return new LockedRows(connection, (bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
    }

    /// <summary>Sends a request, or starts other work, and returns when its transaction waits for a lock.</summary>
    public async Task QueueAsync<T>(Func<Task<T>> request)
    {
        _queued.Add(request());
        await using var command = new NpgsqlCommand(_waiting, _connection);
        await using var forget = new NpgsqlCommand("select pg_stat_clear_snapshot()", _connection);
        while ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! < _queued.Count)
        {
            Assert.False(_queued[^1].IsCompleted, "The request did not wait for the rows.");
            await Task.Delay(10, TestContext.Current.CancellationToken);

            // Within a transaction, PostgreSQL shows the same activity again unless told otherwise.
            await forget.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Releases the rows, and returns the answers of the queued requests.</summary>
    public Task<Answer[]> ReleaseAsync() => ReleaseAsync<Answer>();

    /// <summary>Releases the rows, and returns the results of the queued work.</summary>
    public async Task<T[]> ReleaseAsync<T>()
    {
        await using var command = new NpgsqlCommand("rollback", _connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return await Task.WhenAll(_queued.Cast<Task<T>>());
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
