using System.Diagnostics;
using Thena.Accounts.Api.Tests.Changes;
using Thena.Accounts.EmbeddedPostgres;

namespace Thena.Accounts.Api.Tests.Conditions;

/// <summary>
/// At a random moment of a request, the server is killed, or PostgreSQL ends its sessions, or PostgreSQL itself is killed. The client
/// repeats the request with the same key until it has an answer. The request then has had its effect exactly once, whatever the server
/// had done before. So have the changes that it makes, and the feed has each of them once, though the kill comes while it is read.
/// </summary>
public sealed class CrashTests(CrashTests.Server server) : IClassFixture<CrashTests.Server>
{
    private const string Header = "Idempotency-Key";

    [Fact]
    public async Task AnyWrite_RepeatedAfterAKill_HasOneEffect()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var tenant = await server.CreateTenantAsync();
        var random = new Random(42);
        var follower = new FeedFollower(tenant);
        for (var round = 0; round < LongRun.Rounds(all: 12, few: 3); round++)
        {
            var requests = new List<(WriteRequest Request, string Key)>();
            foreach (var operation in WriteOperation.OfRecords)
            {
                requests.Add((await WriteOperation.PrepareAsync(operation, tenant), $"{Guid.CreateVersion7()}"));
            }

            var (process, client) = await StartAsync(tenant.Key.Key);
            using (process)
            using (client)
            {
                await client.Get("/v1/accounts?limit=1");
                var lost = Task.WhenAll(requests.Select(request => TrySendAsync(client, request.Request, request.Key)));
                var reading = TryReadAsync(client);
                await Task.Delay(random.Next(0, 400), cancellation);
                switch (round % 3)
                {
                    case 1:
                        await server.ExecuteAsync(
                            """
                            select pg_terminate_backend(pid) from pg_stat_activity
                            where datname = current_database() and pid <> pg_backend_pid()
                            """);
                        await lost;
                        break;
                    case 2:
                        await server.KillDatabaseAsync();
                        await lost;
                        break;
                }

                process.Kill();
                await Task.WhenAll(lost, reading);
                await process.WaitForExitAsync(cancellation);
            }

            // The other server of the same database answers the repetitions.
            var contents = new List<string>();
            foreach (var (request, key) in requests)
            {
                Answer answer;
                do
                {
                    answer = await tenant.Client.Send(request, (Header, key));
                }
                while ((int)answer.Status is 409 or 503 && answer.Headers.ContainsKey("Retry-After"));

                Assert.InRange((int)answer.Status, 200, 201);
                contents.Add(answer.Text);
            }

            await follower.ReadToEndAsync();
            await ExpectChangesAsync(follower);
            var content = await server.ReadContentAsync();
            for (var index = 0; index < requests.Count; index++)
            {
                var replayed = await tenant.Client.Send(requests[index].Request, (Header, requests[index].Key));
                Assert.Equal((contents[index], "true"), (replayed.Text, replayed.Headers["Idempotency-Replayed"]));
            }

            Assert.Equal(content, await server.ReadContentAsync());
            Assert.Equal(requests.Count, await server.ReadNumberAsync(
                $"select count(*) from idempotent_requests where key in ({string.Join(", ", requests.Select(request => $"'{request.Key}'"))})"));
        }
    }

    private static async Task TrySendAsync(HttpClient client, WriteRequest request, string key)
    {
        try
        {
            await client.Send(request, (Header, key));
        }
        catch (HttpRequestException)
        {
            // The server was killed.
        }
    }

    /// <summary>Reads the feed, which numbers changes, until the server is killed.</summary>
    private static async Task TryReadAsync(HttpClient client)
    {
        try
        {
            while (true)
            {
                await client.Get("/v1/accounts/events?after=latest&wait=1");
            }
        }
        catch (HttpRequestException)
        {
            // The server was killed.
        }
    }

    /// <summary>
    /// Asserts that each record has as many changes as versions, and that the feed has each change once and without gaps.
    /// </summary>
    private async Task ExpectChangesAsync(FeedFollower follower)
    {
        string[] tables = ["accounts", "contacts", "relationships", "activities", "notes", "tasks", "custom_fields"];
        Assert.Equal(0, await server.ReadNumberAsync(
            $"""
            select count(*)
            from ({string.Join(" union all ", tables.Select(table => $"select id, revision from {table}"))}) record
            full join (
                select record_id, count(*) as changes, max(version) as last from changes
                where type !~ '^account-(attribute-value|relationship-type)' group by record_id) made on made.record_id = record.id
            where record.revision is distinct from made.changes or record.revision is distinct from made.last
            """));
        Assert.Equal(
            1,
            await server.ReadNumberAsync(
                $"""
                select count(*) from change_heads where last_sequence = {follower.Ids.Distinct().Count()}
                    and last_sequence = (select count(*) from changes)
                    and last_sequence = (select count(distinct change_id) from change_feed)
                    and last_sequence = (select max(sequence) from change_feed) and not exists (select from change_queue)
                """));
        Assert.Equal(follower.Events.Count, follower.Ids.Distinct().Count());
    }

    private async Task<(Process Process, HttpClient Client)> StartAsync(string key)
    {
        var process = ServerProcess.Start(server.ConnectionString);
        return (process, await process.ListenAsync(key));
    }

    /// <summary>The server on a PostgreSQL of its own.</summary>
    public sealed class Server(PostgresServer postgres) : AccountsServer(postgres)
    {
        private readonly string _directory = Path.Combine(Path.GetTempPath(), $"thena-accounts-crash-{Guid.CreateVersion7():N}");
        private EmbeddedPostgresCluster? _cluster;

        /// <summary>
        /// Kills a session of PostgreSQL with signal 9. PostgreSQL then stops all others, because the shared memory may be damaged, and
        /// recovers from its log.
        /// </summary>
        public async Task KillDatabaseAsync()
        {
            var id = await this.ReadNumberAsync(
                "select min(pid)::bigint from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            using var session = Process.GetProcessById((int)id);
            session.Kill();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await _cluster!.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }

        protected override async Task<string> CreateDatabaseAsync(PostgresServer server)
        {
            _cluster = await EmbeddedPostgresCluster.StartAsync(new EmbeddedPostgresOptions { DataDirectory = _directory });
            await _cluster.EnsureDatabaseAsync("accounts");
            return _cluster.GetConnectionString("accounts");
        }
    }
}
