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
