using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Core.Administration;
using Thena.Accounts.Core.Organizations;
using Thena.Accounts.Postgres.Results;

namespace Thena.Accounts.Api.Tests.Authentication;

public sealed class KeyTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Probe = "/v1/accounts/attributes?attribute=account_status";

    private static readonly TimeSpan RevokedWithin = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Key_ThatIsRevoked_StopsWithinSeconds()
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.Client.Get(Probe)).Expect(200);

        await server.AdministerAsync(service => service.RevokeKeyAsync(tenant.Key.Id, CancellationToken.None));

        await AssertStopsAsync(tenant.Client);
        (await tenant.Client.Get(Probe)).Expect(401);
    }

    [Fact]
    public async Task Key_ThatIsRotated_StopsAndTheNewOneWorksWithItsRights()
    {
        var tenant = await server.CreateTenantAsync();
        var old = await server.CreateKeyAsync(tenant.User.Id, ApiKeyScopes.Read);
        using var oldClient = server.CreateClient(old.Key);
        (await oldClient.Get(Probe)).Expect(200);

        var rotated = await server.AdministerAsync(service => service.RotateKeyAsync(old.Id, CancellationToken.None));

        Assert.NotEqual(old.Key, rotated.Key);
        using var newClient = server.CreateClient(rotated.Key);
        (await newClient.Get(Probe)).Expect(200);
        (await newClient.Post("/v1/accounts", Given.Account())).Expect(403);
        await AssertStopsAsync(oldClient);
        (await newClient.Get(Probe)).Expect(200);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => server.AdministerAsync(service => service.RotateKeyAsync(old.Id, CancellationToken.None)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Key_ThatIsRotatedAndChangedAtOnce_IsChangedOnce(bool isRevoked)
    {
        var tenant = await server.CreateTenantAsync();
        await using var locked = await LockedRows.LockAsync(server, "api_keys", tenant.Key.Id);
        await locked.QueueAsync(() => RunAsync(service => service.RotateKeyAsync(tenant.Key.Id, CancellationToken.None)));
        await locked.QueueAsync(() => isRevoked
            ? RunAsync(service => service.RevokeKeyAsync(tenant.Key.Id, CancellationToken.None))
            : RunAsync(service => service.RotateKeyAsync(tenant.Key.Id, CancellationToken.None)));

        var errors = await locked.ReleaseAsync<string?>();

        Assert.Null(errors[0]);
        Assert.Equal("This key has just been revoked or rotated by another command.", errors[1]);
        Assert.Equal(2, (await KeysAsync(tenant)).Count);

        // Later, it is a key that is revoked.
        await server.AdministerAsync(service => service.RevokeKeyAsync(tenant.Key.Id, CancellationToken.None));

        async Task<string?> RunAsync<T>(Func<AdministrationService, Task<Result<T>>> action)
        {
            await using var scope = server.Services.CreateAsyncScope();
            return (await action(scope.ServiceProvider.GetRequiredService<AdministrationService>())).Error?.Message;
        }
    }

    [Fact]
    public async Task Key_ThatIsExpired_Answers401()
    {
        var tenant = await server.CreateTenantAsync();
        await ExecuteAsync("update api_keys set expires_at = now() - interval '1 second' where id = $1", IdOf(tenant.Key.Id));

        (await tenant.Client.Get(Probe)).ExpectError(401, "User is not authenticated!");
    }

    [Fact]
    public async Task Key_ThatExpiresInUse_Answers401FromThenOn()
    {
        var tenant = await server.CreateTenantAsync();
        await ExecuteAsync("update api_keys set expires_at = now() + interval '2 seconds' where id = $1", IdOf(tenant.Key.Id));
        (await tenant.Client.Get(Probe)).Expect(200);

        await Task.Delay(TimeSpan.FromSeconds(2.2), TestContext.Current.CancellationToken);

        (await tenant.Client.Get(Probe)).Expect(401);
    }

    [Fact]
    public async Task Key_WithAnExpiryInDays_WorksBeforeIt()
    {
        var tenant = await server.CreateTenantAsync();
        var key = await server.AdministerAsync(
            service => service.CreateKeyAsync(new(tenant.User.Id, "Short", 1, ApiKeyScopes.All), CancellationToken.None));
        using var client = server.CreateClient(key.Key);

        (await client.Get(Probe)).Expect(200);
        var listed = Assert.Single(await KeysAsync(tenant), candidate => candidate.Id == key.Id);
        Assert.Equal(TimeSpan.FromDays(1), listed.ExpiresAt - listed.CreatedAt);
    }

    [Fact]
    public async Task Key_ThatIsUsed_GetsLastUsedAtWritten()
    {
        var tenant = await server.CreateTenantAsync();
        var unused = await server.CreateKeyAsync(tenant.User.Id);
        (await tenant.Client.Get(Probe)).Expect(200);

        var used = await PollAsync(
            TimeSpan.FromSeconds(25), async () => (await KeysAsync(tenant))
                .Single(key => key.Id == tenant.Key.Id), key => key.LastUsedAt is not null);

        Assert.InRange(used.LastUsedAt!.Value, used.CreatedAt, used.CreatedAt.AddMinutes(1));
        Assert.Null(Assert.Single(await KeysAsync(tenant), key => key.Id == unused.Id).LastUsedAt);
    }

    [Fact]
    public async Task Key_InTheDatabase_IsNowhereInClear()
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.Client.Get(Probe)).Expect(200);
        var secret = tenant.Key.Key;
        string[] forms =
        [
            secret,
            secret[13..],
            Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
        ];

        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        List<string> tables = [];
        await using (
            var command = source.CreateCommand(
                "select quote_ident(table_name) from information_schema.tables where table_schema = 'public'"))
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                tables.Add(reader.GetString(0));
            }
        }

        Assert.Contains("api_keys", tables);
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand(
                $"select count(*) from {table} row where exists (select from unnest($1) form where position(form in row::text) > 0)");
            command.Parameters.Add(new() { Value = forms });
            Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Key_AfterItsCreation_IsNotShownAgain()
    {
        var tenant = await server.CreateTenantAsync();

        var listed = Assert.Single(await KeysAsync(tenant));

        Assert.Equal(tenant.Key.Key[..12], listed.Prefix);
        Assert.DoesNotContain(tenant.Key.Key[12..], listed.ToString(), StringComparison.Ordinal);
        Assert.True(tenant.Key.Key.Length >= 12 + 32);
    }

    private async Task<IReadOnlyList<ApiKeyResponse>> KeysAsync(Tenant tenant) =>
        await server.AdministerAsync(service => service.ListKeysAsync(tenant.OrganizationId, CancellationToken.None));

    private static Guid IdOf(string id) => Ulid.Parse(id, System.Globalization.CultureInfo.InvariantCulture).ToGuid();

    private async Task ExecuteAsync(string sql, Guid id)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = id });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private static async Task AssertStopsAsync(HttpClient client) =>
        Assert.Equal(401, await PollAsync(RevokedWithin, async () => (int)(await client.Get(Probe)).Status, status => status == 401));

    private static async Task<T> PollAsync<T>(TimeSpan within, Func<Task<T>> read, Func<T, bool> isDone)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var value = await read();
        while (!isDone(value) && watch.Elapsed < within)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            value = await read();
        }

        return value;
    }
}
