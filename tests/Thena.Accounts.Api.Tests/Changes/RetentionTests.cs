using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Thena.Accounts.Postgres.Changes;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>How long changes are kept: in the feed, and in the history of records.</summary>
public sealed class RetentionTests(AccountsServer server, PostgresServer postgres) : IClassFixture<AccountsServer>
{
    private const string Events = "/v1/accounts/events";
    private const string TooOld = "The cursor is older than the retained events!";

    [Fact]
    public async Task Clean_OfOldEvents_MakesOlderCursorsGoneAndKeepsTheRest()
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.PostAccountsAsync(Enumerable.Range(0, 1_100).Select(_ => Given.Account()))).Expect(201);
        var old = new FeedFollower(tenant, "limit=1");
        await old.ReadAsync();
        var all = await new FeedFollower(tenant).ReadToEndAsync();
        await SetBackAsync(tenant, days: 31);
        var kept = await tenant.CreateAccountsAsync(2);

        await CleanAsync();

        var gone = (await tenant.Client.Get($"{Events}?after={old.Cursor}")).ExpectError(410, TooOld);
        using (var stream = await OpenEventFeed.SendAsync(tenant.Client, $"after={old.Cursor}"))
        {
            var answer = new Answer(stream, await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(gone.Text, answer.ExpectError(410, TooOld).Text);
        }

        Assert.Equal(kept, (await new FeedFollower(tenant, "limit=1", gone.TextOf("oldestCursor")).ReadToEndAsync())
            .Events.Select(FeedFollower.IdOfRecord));
        Assert.Equal(kept, (await new FeedFollower(tenant).ReadToEndAsync()).Events.Select(FeedFollower.IdOfRecord));
        Assert.Equal(kept, (await new FeedFollower(tenant, "limit=1", all.Cursor).ReadToEndAsync()).Events.Select(FeedFollower.IdOfRecord));

        // The history keeps them, and each event by itself.
        var first = FeedFollower.IdOfRecord(all.Events[0]);
        Assert.Equal(1, (await tenant.Client.Get($"/v1/accounts/{first}/history")).Expect(200).Json.GetArrayLength());
        (await tenant.Client.Get($"{Events}/{all.Ids.First()}")).Expect(200);
        Assert.Equal((2, 1_102), await CountAsync(tenant));
    }

    [Fact]
    public async Task Clean_OfOldHistory_RemovesItAndLeavesTheRecords()
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.PostAccountsAsync(Enumerable.Range(0, 1_100).Select(_ => Given.Account()))).Expect(201);
        var account = (await tenant.ListAccountsAsync("limit=1")).Json[0];
        await SetBackAsync(tenant, days: 401);

        // Nobody has read the feed.
        await CleanAsync();

        Assert.Equal((0, 0), await CountAsync(tenant));
        Assert.Empty((await new FeedFollower(tenant).ReadToEndAsync()).Events);
        Assert.Equal("[]", (await tenant.Client.Get($"/v1/accounts/{account.Text("id")}/history")).Expect(200).Text);
        (await tenant.PutAccountAsync(account.Text("id"), new { name = "Two" })).Expect(200);
        var one = Assert.Single((await new FeedFollower(tenant).ReadToEndAsync()).Events);
        Assert.Equal(2, one.GetProperty("metadata").GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Clean_OfAQueueThatNobodyReads_NumbersIt()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountsAsync(3);

        await CleanAsync();

        Assert.Equal(0, await server.ReadNumberAsync($"select count(*) from change_queue where {OfTenant(tenant)}"));
        Assert.Equal((3, 3), await CountAsync(tenant));
    }

    [Fact]
    public async Task Clean_ByManyWhileOthersWriteAndRead_LosesNothingThatIsKept()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountsAsync(5);
        await SetBackAsync(tenant, days: 31);
        var follower = await FeedFollower.FromNowAsync(tenant, "limit=2");

        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.CreateAccountsAsync(3)));
        await Task.WhenAll(CleanAsync(), CleanAsync(), follower.FollowAsync(writing));

        Assert.Equal((await writing).SelectMany(ids => ids).Order(), follower.Events.Select(FeedFollower.IdOfRecord).Order());
        Assert.Equal((24, 29), await CountAsync(tenant));
    }

    [Fact]
    public async Task Read_WhileItsPositionIsRemoved_IsGoneAndSkipsNothing()
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountsAsync(4);
        var follower = new FeedFollower(tenant, "limit=1");
        await follower.ReadAsync();
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        // The reader has seen the ends of the feed, and waits for the feed itself. Meanwhile, its next events are removed.
        await using var removal = new NpgsqlCommand(
            $"""
            begin; lock table change_feed;
            update change_heads set removed_sequence = 3 where {OfTenant(tenant)};
            delete from change_feed where {OfTenant(tenant)} and sequence <= 3
            """,
            connection);
        await removal.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var reading = tenant.Client.Get($"{Events}?after={follower.Cursor}");
        while (await server.ReadNumberAsync(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        removal.CommandText = "commit";
        await removal.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        (await reading).ExpectError(410, TooOld);
    }

    [Fact]
    public async Task Server_WithoutChanges_RecordsNoneAndDoesAllElse()
    {
        await using var silent = new SilentServer(postgres);
        await silent.InitializeAsync();
        var tenant = await silent.CreateTenantAsync();
        foreach (var operation in WriteOperation.Names)
        {
            Assert.InRange((int)(await tenant.Client.Send(await WriteOperation.PrepareAsync(operation, tenant))).Status, 200, 299);
        }

        var (account, contact) = (await tenant.CreateAccountAsync(), (await tenant.CreateContactAsync()).Id);

        Assert.Equal("[]", (await tenant.Client.Get(Events)).Expect(200).RawOf("events"));
        Assert.Equal("[]", (await tenant.Client.Get($"/v1/accounts/{account.Id}/history")).Expect(200).Text);
        Assert.Equal(account.Text, (await tenant.Client.Get($"/v1/accounts/{account.Id}?at=2099-01-01T00:00:00Z")).Expect(200).Text);
        (await tenant.Client.Post($"{Paths.Contacts}/{contact}/erase", "{}")).Expect(200);
        (await tenant.Client.Post($"{Paths.Contacts}/{contact}/erase", "{}")).Expect(404);
        await silent.Services.GetRequiredService<ChangeCleaner>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await silent.ReadNumberAsync("select count(*) from changes"));
        Assert.Equal(0, await silent.ReadNumberAsync("select count(*) from change_queue"));
    }

    private Task CleanAsync() => server.Services.GetRequiredService<ChangeCleaner>().RunAsync(TestContext.Current.CancellationToken);

    private Task SetBackAsync(Tenant tenant, int days) => server.ExecuteAsync(
        $"update changes set occurred_at = now() - interval '{days.ToString(CultureInfo.InvariantCulture)} days' where {OfTenant(tenant)}");

    /// <summary>Counts the entries of the feed, and the changes.</summary>
    private async Task<(long Feed, long Changes)> CountAsync(Tenant tenant) => (
        await server.ReadNumberAsync($"select count(*) from change_feed where {OfTenant(tenant)}"),
        await server.ReadNumberAsync($"select count(*) from changes where {OfTenant(tenant)}"));

    private static string OfTenant(Tenant tenant) =>
        $"organization_id = '{Ulid.Parse(tenant.OrganizationId, CultureInfo.InvariantCulture).ToGuid()}'";

    private sealed class SilentServer(PostgresServer postgres) : AccountsServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string> { ["Changes:Enabled"] = "false" };
    }
}
