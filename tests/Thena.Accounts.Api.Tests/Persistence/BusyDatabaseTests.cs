using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>A database that answers, but refuses to work for now. Each refusal becomes a 503 that can be retried.</summary>
public sealed class BusyDatabaseTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Unavailable = "This service/resource is currently unavailable.";

    [Theory]
    [InlineData("default_transaction_read_only", "on")]
    [InlineData("statement_timeout", "'300ms'")]
    [InlineData("lock_timeout", "'300ms'")]
    public async Task Write_WhileTheDatabaseRefuses_Answers503AndSucceedsLater(string setting, string value)
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        await SetAsync($"alter database {{0}} set {setting} = {value}");
        try
        {
            // The timeouts need a locked row. A read-only database refuses the write without one, and its rows cannot be locked.
            await using var locked = setting == "default_transaction_read_only"
                ? null
                : await LockedRows.LockAsync(server, "accounts", account);

            var refused = (await tenant.PutAccountAsync(account, new { name = "Busy" })).ExpectError(503, Unavailable);

            Assert.True(refused.Headers.ContainsKey("Retry-After"));
        }
        finally
        {
            await SetAsync($"alter database {{0}} reset {setting}");
        }

        Assert.Equal("Later", (await tenant.PutAccountAsync(account, new { name = "Later" })).Expect(200).TextOf("name"));
    }

    /// <summary>Changes a setting of the database, and renews the server's connections so that they use it.</summary>
    private async Task SetAsync(string sql)
    {
        var builder = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        await using var dataSource = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.ConnectionString)
            {
                Options = "-c default_transaction_read_only=off",
                Pooling = false,
            }.ConnectionString);
        await using var set = dataSource.CreateCommand(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, builder.Database));
        await set.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        server.Services.GetRequiredService<NpgsqlDataSource>().Clear();
    }
}
