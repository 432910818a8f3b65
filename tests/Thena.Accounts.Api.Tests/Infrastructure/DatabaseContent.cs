using System.Text;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Infrastructure;

/// <summary>What the database holds, to compare before and after a request.</summary>
public static class DatabaseContent
{
    /// <summary>
    /// Returns a digest of every row of every table, except API keys, whose time of last use changes, stored responses, and the numbers
    /// of changes, which come later.
    /// </summary>
    public static Task<string> ReadContentAsync(this AccountsServer server) => ReadContentAsync(server.ConnectionString);

    /// <summary>Returns a digest of every row of every table of a database.</summary>
    /// <inheritdoc cref="ReadContentAsync(AccountsServer)"/>
    public static async Task<string> ReadContentAsync(string connectionString)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        List<string> digests = [];
        foreach (var table in await ReadAsync(
            dataSource,
            "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' "
                + "and table_name not in "
                + "('api_keys', 'idempotent_requests', 'migrations', 'change_feed', 'change_queue', 'change_heads') order by 1"))
        {
            digests.Add($"{table} " + Assert.Single(await ReadAsync(
                dataSource, $"select coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') from {table} t")));
        }

        return string.Join('\n', digests);
    }

    /// <summary>
    /// Returns the tables in whose rows a text is, in any case, also where a row has it as bytes. All of the database is searched, as in a
    /// dump.
    /// </summary>
    public static async Task<List<string>> FindTablesWithAsync(this AccountsServer server, string text)
    {
        await using var dataSource = NpgsqlDataSource.Create(server.ConnectionString);
        var literal = text.ToLowerInvariant().Replace("'", "''", StringComparison.Ordinal);
        var bytes = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));
        List<string> found = [];
        foreach (var table in await ReadAsync(
            dataSource,
            "select table_name::text from information_schema.tables where table_type = 'BASE TABLE' and table_schema = 'public'"))
        {
            found.AddRange(await ReadAsync(
                dataSource,
                $"select '{table}' from {table} t where lower(t::text) like '%{literal}%' or t::text like '%{bytes}%' limit 1"));
        }

        return found;
    }

    /// <summary>Runs a statement.</summary>
    public static async Task ExecuteAsync(this AccountsServer server, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reads a number.</summary>
    public static Task<long> ReadNumberAsync(this AccountsServer server, string sql) => ReadValueAsync<long>(server.ConnectionString, sql)!;

    /// <summary>Reads the first value, or null if there is none.</summary>
    public static async Task<T?> ReadValueAsync<T>(string connectionString, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<string>> ReadAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
