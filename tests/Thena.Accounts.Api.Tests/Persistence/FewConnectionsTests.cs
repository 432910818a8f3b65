using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>A PostgreSQL that allows fewer connections than the server would like to have.</summary>
public sealed class FewConnectionsTests(FewConnectionsTests.LimitedServer server) : IClassFixture<FewConnectionsTests.LimitedServer>
{
    [Fact]
    public async Task Requests_OfManyClients_WaitForAConnection()
    {
        var tenant = await server.CreateTenantAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async client =>
        {
            List<Answer> some = [];
            for (var round = 0; round < 5; round++)
            {
                some.Add(client % 2 == 0 ? await tenant.PostAccountAsync() : await tenant.Client.Get("/v1/accounts?includeTotal=true"));
            }

            return some;
        }));

        Assert.All(answers.SelectMany(answer => answer), answer => Assert.InRange((int)answer.Status, 200, 201));
    }

    /// <summary>A server whose database role may have 4 connections.</summary>
    public sealed class LimitedServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override async Task<string> CreateDatabaseAsync(PostgresServer server)
        {
            var builder = new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server));
            var role = $"limited_{Guid.CreateVersion7():N}";
            await using (var dataSource = NpgsqlDataSource.Create(builder.ConnectionString))
            {
                await using var command = dataSource.CreateCommand(
                    $"create role {role} login password 'limited' connection limit 4; "
                    + $"grant all on all tables in schema public to {role}; grant all on schema public to {role}");
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            (builder.Username, builder.Password) = (role, "limited");
            return builder.ConnectionString;
        }
    }
}

/// <summary>A server with a small pool of connections.</summary>
public sealed class SmallPoolTests(SmallPoolTests.SmallServer server) : IClassFixture<SmallPoolTests.SmallServer>
{
    [Fact]
    public async Task Requests_WhileAllConnectionsAreBusy_Answer503AfterFiveSecondsAtMost()
    {
        var (tenant, id) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        await using var locked = await LockedRows.LockAsync(server, "accounts", id, other);
        await locked.QueueAsync(() => tenant.PutAccountAsync(id, new { description = "Busy" }));
        await locked.QueueAsync(() => tenant.PutAccountAsync(other, new { description = "Busy" }));
        var started = System.Diagnostics.Stopwatch.StartNew();

        var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.Client.Get("/v1/accounts")));

        Assert.All(refused, answer => answer.ExpectError(503, "This service/resource is currently unavailable."));
        Assert.All(refused, answer => Assert.Equal("2", answer.Headers["Retry-After"]));
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"answered after {started.Elapsed}");
        Assert.All(await locked.ReleaseAsync(), answer => answer.Expect(200));
        (await tenant.Client.Get("/v1/accounts")).Expect(200);
    }

    /// <summary>A server with two connections.</summary>
    public sealed class SmallServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
        {
            ["Database:LockTimeoutSeconds"] = "0",
        };

        protected override async Task<string> CreateDatabaseAsync(PostgresServer server) =>
            new NpgsqlConnectionStringBuilder(await base.CreateDatabaseAsync(server))
            {
                MaxPoolSize = 2,
                Timeout = 2,
            }.ConnectionString;
    }
}
