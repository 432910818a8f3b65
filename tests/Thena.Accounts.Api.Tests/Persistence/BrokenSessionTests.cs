using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Serilog.Core;
using Serilog.Events;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>A session that is not what the server takes it for, or whose statement was cancelled, is used no more.</summary>
public sealed class BrokenSessionTests(BrokenSessionTests.WatchedServer server) : IClassFixture<BrokenSessionTests.WatchedServer>
{
    /// <summary>Npgsql prepares a statement when it is used for the second time, on each connection.</summary>
    private const int TimesUntilPrepared = 4 * WatchedServer.Connections;

    [Fact]
    public async Task Requests_WhileOtherClientsResetTheirConnections_Succeed()
    {
        var (spoiler, id) = await server.CreateTenantWithAccountAsync();
        var tenant = await server.CreateTenantAsync();
        var own = (await tenant.CreateAccountAsync()).Id;
        server.Proxy.Delay = TimeSpan.FromMilliseconds(3);
        using var over = new CancellationTokenSource();
        var spoilers = Enumerable.Range(0, 4).Select(index => SpoilAsync(spoiler, id, index, over.Token)).ToArray();
        try
        {
            for (var round = 0; round < 25; round++)
            {
                (await tenant.GetAccountAsync(own)).Expect(200);
                (await tenant.Client.Get("/v1/accounts?includeTotal=true")).Expect(200);
                (await tenant.PutAccountAsync(own, new { description = $"Round {round}" })).Expect(200);
                (await tenant.PostAccountAsync()).Expect(201);
            }
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(spoilers);
            server.Proxy.Delay = TimeSpan.Zero;
        }

        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Read_InASessionWithoutItsPreparedStatements_IsRepeated()
    {
        var tenant = await server.CreateTenantAsync();
        for (var time = 0; time < TimesUntilPrepared; time++)
        {
            await tenant.ListAccountsAsync();
        }

        await ForgetStatementsAsync();

        await tenant.ListAccountsAsync();
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Write_InASessionWithoutItsPreparedStatements_IsRepeated()
    {
        var (tenant, id) = await server.CreateTenantWithAccountAsync();
        for (var time = 0; time < TimesUntilPrepared; time++)
        {
            (await tenant.PutAccountAsync(id, new { description = $"{time}" })).Expect(200);
            (await tenant.PostAccountAsync()).Expect(201);
        }

        await ForgetStatementsAsync();
        Assert.Equal("Put", (await tenant.PutAccountAsync(id, new { description = "Put" })).Expect(200).TextOf("description"));

        await ForgetStatementsAsync();
        var before = await server.ReadNumberAsync("select count(*) from accounts");
        (await tenant.PostAccountAsync()).Expect(201);
        Assert.Equal(before + 1, await server.ReadNumberAsync("select count(*) from accounts"));
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task KeyLookUp_InASessionWithoutItsPreparedStatements_IsRepeated()
    {
        for (var time = 0; time < TimesUntilPrepared; time++)
        {
            (await server.CreateClient($"unknown {time}").Get("/v1/accounts")).Expect(401);
        }

        var tenant = await server.CreateTenantAsync();
        await ForgetStatementsAsync();

        (await tenant.Client.Get("/v1/accounts/attributes?attribute=account_status")).Expect(200);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task Session_WhoseStatementTookTooLong_IsNotUsedAgain()
    {
        var (tenant, id) = await server.CreateTenantWithAccountAsync();
        await using var locked = await LockedRows.LockAsync(server, "accounts", id);
        var refused = tenant.PutAccountAsync(id, new { description = "Late" });
        var waiting = 0;
        while ((waiting = await server.ReadWaitingSessionAsync()) == 0)
        {
            Assert.False(refused.IsCompleted);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        (await refused).ExpectError(503, "This service/resource is currently unavailable.");
        await locked.ReleaseAsync();

        for (var time = 0; time < TimesUntilPrepared; time++)
        {
            (await tenant.PutAccountAsync(id, new { description = $"{time}" })).Expect(200);
        }

        Assert.DoesNotContain(waiting, await server.ReadSessionsAsync());
    }

    [Fact]
    public async Task Session_OfAnExportWhoseClientLeft_IsNotUsedAgain()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountsAsync(3);
        await using var locking = new NpgsqlConnection(server.ConnectionString);
        await locking.OpenAsync(TestContext.Current.CancellationToken);
        await using var locked = await locking.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var table = new NpgsqlCommand("lock table accounts", locking);
        await table.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        using var left = new CancellationTokenSource();
        var export = tenant.Client.GetAsync("/v1/accounts/export?kind=accounts", left.Token);
        var waiting = 0;
        while ((waiting = await server.ReadWaitingSessionAsync()) == 0)
        {
            Assert.False(export.IsCompleted);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => export);
        while (await server.ReadWaitingSessionAsync() != 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await locked.RollbackAsync(TestContext.Current.CancellationToken);
        for (var time = 0; time < TimesUntilPrepared; time++)
        {
            await tenant.ListAccountsAsync();
        }

        Assert.DoesNotContain(waiting, await server.ReadSessionsAsync());
    }

    /// <summary>Sends requests, and resets the connection of each before its answer.</summary>
    private async Task SpoilAsync(Tenant tenant, string id, int index, CancellationToken over)
    {
        var body = """{"description":"Spoiled"}""";
        string[] requests =
        [
            $"GET /v1/accounts/{id} HTTP/1.1\r\nHost: x\r\nx-api-key: {tenant.Key.Key}\r\n\r\n",
            $"GET /v1/accounts?includeTotal=true HTTP/1.1\r\nHost: x\r\nx-api-key: {tenant.Key.Key}\r\n\r\n",
            $"PUT /v1/accounts/{id} HTTP/1.1\r\nHost: x\r\nx-api-key: {tenant.Key.Key}\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n{body}",
        ];
        for (var round = 0; !over.IsCancellationRequested; round++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(enable: true, seconds: 0) };
            await socket.ConnectAsync(server.Address.Host, server.Address.Port, CancellationToken.None);
            await socket.SendAsync(Encoding.ASCII.GetBytes(requests[(index + round) % requests.Length]), CancellationToken.None);

            // At another moment of the request each time.
            await Task.Delay(5 + ((index + round) % 20), CancellationToken.None);
        }
    }

    /// <summary>Makes all sessions in the pool forget the statements that the server believes to be prepared in them.</summary>
    private async Task ForgetStatementsAsync()
    {
        var pool = server.Services.GetRequiredService<NpgsqlDataSource>();
        List<NpgsqlConnection> connections = [];
        while (connections.Count < WatchedServer.Connections)
        {
            connections.Add(await pool.OpenConnectionAsync(TestContext.Current.CancellationToken));
        }

        foreach (var connection in connections)
        {
            await using (connection)
            {
                await using var command = new NpgsqlCommand("deallocate all", connection);
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>A server with few connections, whose log is read.</summary>
    public sealed class WatchedServer(PostgresServer postgres) : ProxiedAccountsServer(postgres)
    {
        /// <summary>The number of connections.</summary>
        public const int Connections = 6;

        private readonly Log _log = new();

        /// <summary>The errors in the log so far, except those of a database that was too slow.</summary>
        public IEnumerable<string> Faults => _log.Lines.Where(line => line.Contains("26000", StringComparison.Ordinal)
            || line.Contains("unexpected backend message", StringComparison.Ordinal)
            || line.Contains("A request failed", StringComparison.Ordinal));

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings)
        {
            ["Database:LockTimeoutSeconds"] = "0",
            ["Serilog:MinimumLevel:Default"] = "Warning",
        };

        /// <summary>
        /// Returns the process of a session that waits for a lock, or 0 if none does. A coordinator of Citus does not know of the lock: its
        /// session waits for a worker.
        /// </summary>
        public async Task<int> ReadWaitingSessionAsync() =>
            (await ReadProcessesAsync(
                Postgres.Cluster is null
                    ? "wait_event_type = 'Lock'"
                    : "state = 'active' and now() - query_start > interval '300 ms'")).FirstOrDefault();

        /// <summary>Returns the processes of all sessions of the database.</summary>
        public Task<List<int>> ReadSessionsAsync() => ReadProcessesAsync("true");

        protected override void Configure(IServiceCollection services) => services.AddSingleton<ILogEventSink>(_log);

        protected override async Task<string> CreateDatabaseAsync(PostgresServer server) =>
            new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server))
            {
                MaxPoolSize = Connections,
                CommandTimeout = 2,
                Timeout = 2,
            }.ConnectionString;

        private async Task<List<int>> ReadProcessesAsync(string condition)
        {
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand(
                "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend' "
                    + $"and pid <> pg_backend_pid() and {condition}",
                connection);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            List<int> processes = [];
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                processes.Add(reader.GetInt32(0));
            }

            return processes;
        }

        private sealed class Log : ILogEventSink
        {
            public ConcurrentQueue<string> Lines { get; } = [];

            public void Emit(LogEvent logEvent) => Lines.Enqueue(
                logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture) + logEvent.Exception);
        }
    }
}
