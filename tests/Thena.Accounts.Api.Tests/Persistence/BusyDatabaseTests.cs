using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>A database that answers, but refuses to work for now. Each refusal becomes a 503 that can be retried.</summary>
public sealed class BusyDatabaseTests(PostgresServer postgres)
{
    private const string Unavailable = "This service/resource is currently unavailable.";

    [Theory]
    [InlineData("Database:StatementTimeoutSeconds")]
    [InlineData("Database:LockTimeoutSeconds")]
    public async Task Write_OfALockedRecord_Answers503AfterTheTimeoutAndSucceedsLater(string timeout)
    {
        await using var server = new ImpatientServer(postgres, timeout);
        await server.InitializeAsync();
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;

        await using (await LockedRows.LockAsync(server, "accounts", account))
        {
            await ExpectRefusalAsync(tenant, account);
        }

        await ExpectSuccessAsync(tenant, account);
    }

    [Fact]
    public async Task Write_WhileTheDatabaseIsReadOnly_Answers503AndSucceedsLater()
    {
        await using var server = new AccountsServer(postgres);
        await server.InitializeAsync();
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;

        await SetAsync(server, "set default_transaction_read_only = on");
        await ExpectRefusalAsync(tenant, account);
        await SetAsync(server, "reset default_transaction_read_only");

        await ExpectSuccessAsync(tenant, account);
    }

    private static async Task ExpectRefusalAsync(Tenant tenant, string account)
    {
        var refused = (await tenant.PutAccountAsync(account, new { name = "Busy" })).ExpectError(503, Unavailable);
        Assert.True(refused.Headers.ContainsKey("Retry-After"));
    }

    private static async Task ExpectSuccessAsync(Tenant tenant, string account) =>
        Assert.Equal("Later", (await tenant.PutAccountAsync(account, new { name = "Later" })).Expect(200).TextOf("name"));

    /// <summary>Changes a setting of the database, and renews the server's connections so that they use it.</summary>
    private static async Task SetAsync(AccountsServer server, string change)
    {
        var builder = new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Options = "-c default_transaction_read_only=off",
            Pooling = false,
        };
        await using var dataSource = NpgsqlDataSource.Create(builder.ConnectionString);
        await using var set = dataSource.CreateCommand($"alter database {builder.Database} {change}");
        await set.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        server.Services.GetRequiredService<NpgsqlDataSource>().Clear();
    }

    /// <summary>A server with a timeout of one second.</summary>
    private sealed class ImpatientServer(PostgresServer postgres, string timeout) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { [timeout] = "1" };
    }
}
