using System.Globalization;
using System.Text;
using Thena.Accounts.Core.Accounts;
using Thena.Accounts.Moving.Copying;

namespace Thena.Accounts.Api.Tests.Persistence;

/// <summary>
/// The times of change, which stand beside the accounts so that an update of an account writes no index of them. The lists in their order
/// are in <see cref="Accounts.ListAccountsTests"/>.
/// </summary>
public sealed class UpdateTimesTests(AccountsServer server, PostgresServer postgres) : IClassFixture<AccountsServer>
{
    private static readonly string[] Tables = ["accounts", "contacts", "activities", "notes", "tasks"];

    [Fact]
    public async Task Update_OfColumnsWithoutAnIndex_WritesNoIndexOfAnyKind()
    {
        Assert.SkipWhen(postgres.Cluster is not null, "The coordinator does not count the updates of shards.");
        // A database of its own: the updates of other tests would be counted late, and fill the pages.
        await using var alone = new AccountsServer(postgres);
        await alone.InitializeAsync();
        var tenant = await alone.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        var contact = await tenant.CreateContactAsync();
        var before = await ReadUpdatesAsync(alone);

        (await tenant.PutAccountAsync(account.Id, new { description = "Changed", metadata = new { plan = "gold" } })).Expect(200);
        (await tenant.PutContactAsync(contact.Id, new { metadata = new { plan = "gold" } })).Expect(200);
        foreach (var feature in (string[])["activities", "notes", "tasks"])
        {
            var record = await tenant.CreateRecordAsync(feature, account.Id);
            await tenant.UpdateRecordAsync(feature, record.Id, new { metadata = new { plan = "gold" } });
        }

        // A session reports what it has counted once it has been idle for a while.
        var after = await ReadUpdatesAsync(alone);
        while (Tables.Any(table => after[table].All == before[table].All))
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            after = await ReadUpdatesAsync(alone);
        }

        Assert.All(Tables, table => Assert.Equal(
            after[table].All - before[table].All, after[table].WithoutIndex - before[table].WithoutIndex));
    }

    [Fact]
    public async Task Times_AfterEveryKindOfWrite_AreThoseOfTheLivingAccounts()
    {
        var tenant = await server.CreateTenantAsync();
        var created = await tenant.CreateAccountAsync();
        await ExpectTimesOfLivingAccountsAsync(1);

        var bulk = await tenant.CreateAccountsAsync(3);
        await ExpectTimesOfLivingAccountsAsync(4);

        (await tenant.PutAccountAsync(created.Id, new { name = "Changed" })).Expect(200);
        (await tenant.PutAccountAsync(bulk[0], new { })).Expect(200);
        await ExpectTimesOfLivingAccountsAsync(4);

        var field = (await tenant.CreateCustomFieldAsync()).Text("uid");
        var values = new[] { new { customFieldId = field, data = "gold" } };
        (await tenant.PutAccountAsync(bulk[0], new { customFieldValues = values })).Expect(200);
        await ExpectTimesOfLivingAccountsAsync(4);

        (await tenant.PostAccountAsync(new { primaryDomain = created.TextOf("primaryDomain") })).Expect(409);
        (await tenant.PostIngestAsync([new { firstName = "Ada", email = "ada@ingested.example" }])).Expect(200);
        await ExpectTimesOfLivingAccountsAsync(5);

        var value = await tenant.CreateAttributeValueAsync("account_status", "USED");
        (await tenant.PutAccountAsync(bulk[1], new { status = "USED" })).Expect(200);
        (await tenant.DeleteAttributeValueAsync(value.Id, forceDelete: true)).Expect(200);
        await ExpectTimesOfLivingAccountsAsync(5);

        (await tenant.DeleteAccountAsync(bulk[2])).Expect(200);
        await ExpectTimesOfLivingAccountsAsync(4);

        await server.ImportAsync(tenant, new OneAccount("2025-02-01T00:00:00.000Z", "Imported"));
        await ExpectTimesOfLivingAccountsAsync(5);
        await server.ImportAsync(tenant, new OneAccount("2025-03-01T00:00:00.000Z", "Imported again"));
        await ExpectTimesOfLivingAccountsAsync(5);

        var listed = (await tenant.ListAccountsAsync("sort=updatedAt")).Json.EnumerateArray().Select(account => account.Text("id"));
        Assert.Equal(5, listed.Distinct().Count());

        async Task ExpectTimesOfLivingAccountsAsync(int count)
        {
            var id = Ulid.Parse(tenant.OrganizationId, CultureInfo.InvariantCulture).ToGuid();
            Assert.Equal(count, await CountAsync("account_update_times where"));
            Assert.Equal(count, await CountAsync(
                "account_update_times times join accounts a using (organization_id, id, updated_at) where a.deleted_at is null and"));

            Task<long> CountAsync(string rows) => server.ReadNumberAsync($"select count(*) from {rows} organization_id = '{id}'");
        }
    }

    private static async Task<Dictionary<string, (long All, long WithoutIndex)>> ReadUpdatesAsync(AccountsServer server)
    {
        Dictionary<string, (long, long)> updates = [];
        foreach (var table in Tables)
        {
            updates[table] = (
                await server.ReadNumberAsync($"select n_tup_upd from pg_stat_user_tables where relname = '{table}'"),
                await server.ReadNumberAsync($"select n_tup_hot_upd from pg_stat_user_tables where relname = '{table}'"));
        }

        return updates;
    }

    private sealed class OneAccount(string updatedAt, string name) : IRecordSource
    {
        public bool IsNewestFirst => false;

        public int MaxPasses => 1;

        public bool CreatesUsers => true;

        public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(string kind, CancellationToken cancellationToken) =>
            (kind == AccountKind.Plural ? new[] { Account() } : []).ToAsyncEnumerable();

        private ReadOnlyMemory<byte> Account() => Encoding.UTF8.GetBytes(
            $$"""
            {
                "id": "01JGYPNP404WTJZMYZ0JWY0ZZK", "name": "{{name}}", "primaryDomain": "imported.example",
                "createdAt": "2025-01-06T21:00:00.000Z", "updatedAt": "{{updatedAt}}"
            }
            """);
    }
}
