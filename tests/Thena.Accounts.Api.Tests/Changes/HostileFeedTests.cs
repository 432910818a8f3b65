using System.Globalization;

namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>Queries and records that try to break the record of changes.</summary>
public sealed class HostileFeedTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Events = "/v1/accounts/events";

    public static TheoryData<string, int> Queries { get; } = new()
    {
        { $"types={string.Join(',', Enumerable.Repeat("account:updated", 300))}", 200 },
        { $"types={string.Join(',', Enumerable.Repeat("account:%C3%A9", 300))}", 400 },
        { "types=*,*,*", 200 },
        { "types=**", 400 },
        { "types=:*", 400 },
        { "types=account:", 400 },
        { "types=account:updated%00", 400 },
        { "changed=%00", 400 },
        { "changed=metadata.%C2%80,metadata.%F0%9F%98%80,%22%5C,%27;%20drop%20table%20changes", 200 },
        { "changed=,,,,", 200 },
        { $"changed={string.Join(',', Enumerable.Repeat("a", 51))}", 400 },
        { "accountId=%00", 400 },
        { "accountId=%27%20or%201=1", 200 },
        { "after=%00", 400 },
        { "after=AAAA", 400 },
        { $"after={new string('A', 2_000)}", 400 },
        { "after=latest&limit=99999999999999999999", 400 },
        { "limit=-1", 400 },
        { "limit=1.5", 400 },
        { "wait=-1", 400 },
        { "excludeOwn=maybe", 400 },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Read_WithAHostileQuery_IsAnsweredOrRefused(string query, int status)
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountAsync();

        (await tenant.Client.Get($"{Events}?{query}")).Expect(status);
    }

    [Theory]
    [InlineData("{0} 9223372036854775807")]
    [InlineData("{0} -1")]
    [InlineData("{0} 99999999999999999999")]
    [InlineData("{0} 1 1")]
    [InlineData(" 1")]
    public async Task Read_WithAForgedCursor_IsRefused(string text)
    {
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountAsync();
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(
            System.Text.Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, text, tenant.OrganizationId)));

        (await tenant.Client.Get($"{Events}?after={cursor}")).ExpectError(400, "Invalid cursor!");
    }

    [Theory]
    [InlineData("a.b", "metadata.a.b")]
    [InlineData("\u0080", "metadata.%C2%80")]
    [InlineData("\"\\", "metadata.%22%5C")]
    [InlineData("__proto__", "metadata.__proto__")]
    [InlineData("😀", "metadata.%F0%9F%98%80")]
    [InlineData("%_", "metadata.%25_")]
    public async Task Changed_WithAHostileKey_FindsItsUpdate(string key, string changed)
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync(new { metadata = new Dictionary<string, int> { [key] = 1, ["other"] = 1 } })).Id;
        var follower = await FeedFollower.FromNowAsync(tenant, $"changed={changed}");
        (await tenant.PutAccountAsync(account, new { metadata = new Dictionary<string, int> { [key] = 1, ["other"] = 2 } })).Expect(200);
        (await tenant.PutAccountAsync(account, new { metadata = new Dictionary<string, int> { [key] = 2, ["other"] = 2 } })).Expect(200);

        await follower.ReadToEndAsync();

        Assert.Equal([$"metadata.{key}"], Assert.Single(follower.Events).GetProperty("metadata").Items("changed"));
        var entries = (await tenant.Client.Get($"/v1/accounts/{account}/history?field={changed}")).Expect(200).Json;
        var entry = entries[0].GetProperty("changes")[0];
        Assert.Equal(
            ($"metadata.{key}", "1", "2"),
            (entry.Text("field"), entry.GetProperty("before").GetRawText(), entry.GetProperty("after").GetRawText()));
    }

    [Fact]
    public async Task Metadata_OfTheDeepestLevel_IsRecordedWhole()
    {
        var tenant = await server.CreateTenantAsync();
        var deep = new string('[', 62) + "1" + new string(']', 62);
        var account = (await tenant.PostRawAccountAsync("metadata", $$"""{"a":{{deep}}}""")).Expect(201).Id;
        (await tenant.PutAccountAsync(account, "{\"metadata\":{\"a\":" + deep.Replace('1', '2') + "}}")).Expect(200);

        var (events, history) = (await tenant.Client.Get(Events), await tenant.Client.Get($"/v1/accounts/{account}/history"));

        Assert.Contains(deep, events.Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains(deep.Replace('1', '2'), events.Text, StringComparison.Ordinal);
        Assert.Contains(
            $$"""{"field":"metadata.a","before":{{deep}},"after":{{deep.Replace('1', '2')}}}""",
            history.Expect(200).Text,
            StringComparison.Ordinal);
        (await tenant.Client.Get($"/v1/accounts/{account}?at=2099-01-01T00:00:00Z")).Expect(200);
        await using var stream = await OpenEventFeed.OpenAsync(tenant.Client);
        Assert.Contains(deep, (await stream.ReadAsync())!.Value.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_WithThousandsOfDependents_IsDeletedInOneOrder()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        (await tenant.PostContactsAsync(
            Enumerable.Range(0, 1_100).Select(_ => new { email = Given.NewEmail() }), new { accountIds = new[] { account } })).Expect(201);
        await tenant.CreateRecordAsync(Feature.Notes, account);
        await server.ExecuteAsync(
            $"""
            insert into notes select (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid()))).*
            from notes n, generate_series(1, 2999) where account_id = '{Ulid.Parse(account, CultureInfo.InvariantCulture).ToGuid()}'
            """);
        var follower = await FeedFollower.FromNowAsync(tenant);

        var deletion = (await tenant.DeleteAccountAsync(account)).Expect(200);
        await follower.ReadToEndAsync();

        Assert.Equal(
            ["account-note:deleted 3000", "account:deleted 1", "customer-contact:updated 1100"],
            follower.Types.GroupBy(type => type).Select(group => $"{group.Key} {group.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal("account:deleted", follower.Types.Last());
        Assert.Equal(follower.Events.Count, follower.Ids.Distinct().Count());
        Assert.All(follower.Events, one => Assert.Equal(deletion.Headers["X-Request-Id"], one.GetProperty("metadata").Text("requestId")));
        Assert.All(
            follower.Events.Where(one => one.Text("eventType") == "customer-contact:updated"),
            one => Assert.Equal(["accounts"], one.GetProperty("metadata").Items("changed")));
    }

    [Fact]
    public async Task Import_OfAFile_MakesChangesUnlessItIsATrial()
    {
        var tenant = await server.CreateTenantAsync();
        var file = $"first name,email\nHank,{Given.NewEmail()}\nIda,{Given.NewEmail()}\n";

        (await tenant.Client.Send(HttpMethod.Post, $"{Paths.Contacts}/import?dryRun=true", file, "text/csv")).Expect(200);
        Assert.Empty((await new FeedFollower(tenant).ReadToEndAsync()).Events);
        (await tenant.Client.Send(HttpMethod.Post, $"{Paths.Contacts}/import", file, "text/csv")).Expect(200);

        var events = (await new FeedFollower(tenant).ReadToEndAsync()).Events;
        Assert.Equal(["Hank", "Ida"], events.Select(one => one.GetProperty("payload").GetProperty("contact").Text("firstName")));
        Assert.All(events, one => Assert.Equal("import", one.GetProperty("metadata").Text("source")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Copy_OfAnOrganization_KeepsTimesAndRisingVersions(int round)
    {
        using var copy = await Moving.OrganizationCopy.CreateAsync(server, Moving.CopyWay.Files);
        var account = (await copy.Source.CreateAccountAsync(new { metadata = new { round } })).Id;
        await copy.Source.CreateContactAsync(new { accountIds = new[] { account } });
        for (var pair = 0; pair < 4; pair++)
        {
            var first = (await copy.Source.CreateRelationshipTypeAsync($"A{pair}")).Id;
            await copy.Source.CreateRelationshipTypeAsync($"B{pair}", first);
        }

        var state = await FoldedState.BeginAsync(copy.Target);
        var follower = await FeedFollower.FromNowAsync(copy.Target);
        await copy.RunAsync();
        (await copy.Source.PutAccountAsync(account, new { description = "new" })).Expect(200);
        await copy.RunAsync();
        await follower.ReadToEndAsync();
        await state.FollowAsync(copy.Target);

        follower.ExpectVersionsRise();
        await state.ExpectListedAsync(copy.Target);
        Assert.All(follower.Events, one => Assert.Equal(
            one.Text("timestamp"),
            one.GetProperty("payload").EnumerateObject().First().Value.Text("updatedAt")));
    }
}
