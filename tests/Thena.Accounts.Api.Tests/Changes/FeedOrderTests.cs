using System.Globalization;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>
/// The order of the feed: each change that is committed is there once, for all readers at the same place, and none is passed over.
/// </summary>
public sealed class FeedOrderTests(AccountsServer server, PostgresServer postgres) : IClassFixture<AccountsServer>
{
    private const int Writers = 32, Rounds = 4;

    [Fact]
    public async Task Read_ByManyWhileManyWriteOnTwoServers_SeesEachChangeOnceInOneOrder()
    {
        await using var slow = await SecondServer.StartAsync(
            postgres, server, new ShiftedClock(TimeSpan.FromSeconds(5)), TimeSpan.FromMilliseconds(15));
        var here = await server.CreateTenantAsync();
        var there = slow.Serve(here);
        var accounts = await here.CreateAccountsAsync(6);
        var contact = (await here.CreateContactAsync()).Id;

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(
            writer => WriteAsync(writer % 4 == 0 ? there : here, writer, accounts, contact)));
        FeedFollower[] readers =
        [
            new(here, "limit=3&wait=1"), new(there, "limit=7&wait=1"), new(here, "limit=20&wait=1"), new(there, "limit=50&wait=1"),
            new(here), new(there),
        ];
        await Task.WhenAll(readers.Select(reader => reader.FollowAsync(writing)));
        await writing;

        var organization = Ulid.Parse(here.OrganizationId, CultureInfo.InvariantCulture).ToGuid();
        var committed = await server.ReadNumberAsync($"select count(*) from changes where organization_id = '{organization}'");
        Assert.Equal(0, await server.ReadNumberAsync($"select count(*) from change_queue where organization_id = '{organization}'"));
        var last = $"select max(sequence) from change_feed where organization_id = '{organization}'";
        Assert.Equal(committed, await server.ReadNumberAsync(last));
        Assert.Equal(
            committed,
            await server.ReadNumberAsync($"select count(distinct change_id) from change_feed where organization_id = '{organization}'"));
        var ids = readers[0].Ids.ToList();
        Assert.Equal(committed, ids.Distinct().Count());
        Assert.All(readers, reader => Assert.Equal(ids, reader.Ids));
        readers[0].ExpectVersionsRise();
    }

    [Fact]
    public async Task Read_BeforeAnEarlierChangeIsCommitted_GetsItLaterAndOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var industry = await tenant.CreateAttributeValueAsync("account_industry", "Slow");
        var follower = await FeedFollower.FromNowAsync(tenant);
        await using var held = await LockedRows.LockAsync(server, "attribute_values", industry.Id);

        // The row of the account waits for its industry, after the ID of the change was made.
        await held.QueueAsync(() => tenant.PostAccountAsync(new { industry = "Slow" }));
        var first = await tenant.CreateAccountAsync();
        await follower.ReadToEndAsync();
        Assert.Equal([first.Id], follower.Events.Select(FeedFollower.IdOfRecord));
        var second = await tenant.CreateAccountAsync();
        var late = (await held.ReleaseAsync())[0].Expect(201);
        await follower.ReadToEndAsync();

        Assert.Equal(
            new[] { second.Id, late.Id }.Order(), follower.Events.Skip(1).Select(FeedFollower.IdOfRecord).Order(StringComparer.Ordinal));
        Assert.True(string.CompareOrdinal(follower.Ids.First(), follower.Ids.Skip(1).Min(StringComparer.Ordinal)) > 0);
    }

    [Fact]
    public async Task Update_OnServersWhoseClocksDiffer_HasRisingIdsAndTimes()
    {
        await using var ahead = await SecondServer.StartAsync(postgres, server, new ShiftedClock(TimeSpan.FromSeconds(5)));
        var here = await server.CreateTenantAsync();
        var there = ahead.Serve(here);
        var contact = (await there.CreateContactAsync()).Id;
        for (var number = 0; number < 4; number++)
        {
            (await (number % 2 == 0 ? here : there).PutContactAsync(contact, new { lastName = $"{number}" })).Expect(200);
        }

        (await here.Client.Post($"{Paths.Contacts}/{contact}/erase", "{}")).Expect(200);
        var follower = await new FeedFollower(here, "limit=2").ReadToEndAsync();

        follower.ExpectVersionsRise();
        Assert.Equal(6, follower.Events.Count);
        Assert.Equal(follower.Ids.Order(StringComparer.Ordinal), follower.Ids);
        Assert.Equal(6, follower.Events.Select(one => one.Text("timestamp")).Distinct().Count());
    }

    [Fact]
    public async Task DeletedAccount_WithARecordFromAServerThatIsAhead_IsStillTheLast()
    {
        await using var ahead = await SecondServer.StartAsync(postgres, server, new ShiftedClock(TimeSpan.FromSeconds(5)));
        var here = await server.CreateTenantAsync();
        var account = (await here.CreateAccountAsync()).Id;
        await ahead.Serve(here).CreateRecordAsync(Feature.Notes, account);

        (await here.DeleteAccountAsync(account)).Expect(200);

        var follower = await new FeedFollower(here, "types=account:deleted,account-note:deleted").ReadToEndAsync();
        Assert.Equal(["account-note:deleted", "account:deleted"], follower.Events.Select(one => one.Text("eventType")));
    }

    private static async Task WriteAsync(Tenant tenant, int writer, string[] accounts, string contact)
    {
        var random = new Random(writer);
        for (var round = 0; round < Rounds; round++)
        {
            var account = accounts[random.Next(accounts.Length)];
            (string, string)[] key = random.Next(2) == 0 ? [("Idempotency-Key", $"{writer}-{round}")] : [];
            (await tenant.Client.Send(
                HttpMethod.Put, $"{Paths.Accounts}/{account}", new { description = $"{writer}.{round}" }, headers: key)).Expect(200);
            switch (random.Next(4))
            {
                case 0:
                    (await tenant.PostAccountsAsync([Given.Account(), Given.Account()])).Expect(201);
                    break;
                case 1:
                    (await tenant.PutContactAsync(contact, new { lastName = $"{writer}.{round}" })).Expect(200);
                    break;
                case 2:
                    var note = (await tenant.CreateRecordAsync(Feature.Notes, account)).Id;
                    (await tenant.DeleteRecordAsync(Feature.Notes, note)).Expect(200);
                    break;
                default:
                    (await tenant.DeleteAccountAsync((await tenant.CreateAccountAsync()).Id)).Expect(200);
                    break;
            }
        }
    }
}
