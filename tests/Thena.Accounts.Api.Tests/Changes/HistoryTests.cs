namespace Thena.Accounts.Api.Tests.Changes;

/// <summary>The history of records, and records as they were.</summary>
public sealed class HistoryTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    [Fact]
    public async Task History_OfAnAccount_TellsEachChangeNewestFirst()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync(new { name = "One", description = "first", status = "ACTIVE" });
        var updated = (await tenant.PutAccountAsync(
            account.Id, new { status = "CHURNED", description = (string?)null, metadata = new { plan = "gold" } })).Expect(200);
        (await tenant.DeleteAccountAsync(account.Id)).Expect(200);

        var entries = (await tenant.Client.Get($"/v1/accounts/{account.Id}/history")).Expect(200).Json.EnumerateArray().ToList();

        Assert.Equal(["deleted", "updated", "created"], entries.Select(entry => entry.Text("action")));
        Assert.Equal([3, 2, 1], entries.Select(entry => entry.GetProperty("version").GetInt32()));
        Assert.Equal(updated.TextOf("updatedAt"), entries[1].Text("at"));
        Assert.Equal(updated.Headers["X-Request-Id"], entries[1].Text("requestId"));
        Assert.Equal(tenant.User.Email, entries[1].GetProperty("actor").Text("email"));
        Assert.Equal(
            """
            [{"field":"description","before":"first","after":null},{"field":"status","before":"ACTIVE","after":"CHURNED"},
            {"field":"metadata.plan","before":null,"after":"gold"}]
            """.ReplaceLineEndings(""),
            entries[1].GetProperty("changes").GetRawText());
        var (created, deleted) = (entries[2].GetProperty("changes").GetRawText(), entries[0].GetProperty("changes").GetRawText());
        Assert.Contains("""{"field":"name","before":null,"after":"One"}""", created, StringComparison.Ordinal);
        Assert.Contains("""{"field":"name","before":"One","after":null}""", deleted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_WithFilters_AnswersWhatMatches()
    {
        var tenant = await server.CreateTenantAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var account = await tenant.CreateAccountAsync();
        var path = $"/v1/accounts/{account.Id}/history";
        var first = (await tenant.PutAccountAsync(account.Id, new { metadata = new { plan = 1 } })).Expect(200).TextOf("updatedAt");
        var second = (await colleague.PutAccountAsync(account.Id, new { metadata = new { plan = 2 }, name = "Two" })).Expect(200)
            .TextOf("updatedAt");

        Assert.Equal("3, 2, 1", await VersionsAsync(tenant, path));
        Assert.Equal("3, 2, 1", await VersionsAsync(tenant, $"{path}?field=metadata"));
        Assert.Equal("3, 1", await VersionsAsync(tenant, $"{path}?field=name"));
        Assert.Equal("3", await VersionsAsync(tenant, $"{path}?actorId={colleague.User.Id}"));
        Assert.Equal("3, 2", await VersionsAsync(tenant, $"{path}?since={first}"));
        Assert.Equal("2, 1", await VersionsAsync(tenant, $"{path}?until={second}"));
        Assert.Equal("2", await VersionsAsync(tenant, $"{path}?limit=1&page=2"));
        Assert.Empty(await VersionsAsync(tenant, $"{path}?page=2"));
        Assert.Equal(
            """[{"field":"metadata.plan","before":1,"after":2}]""",
            (await tenant.Client.Get($"{path}?field=metadata.plan&limit=1")).Json[0].GetProperty("changes").GetRawText());
        var other = (await tenant.CreateAccountAsync(new { metadata = new { plan = 7 } })).Id;
        Assert.Equal(
            """[{"field":"metadata.plan","before":null,"after":7}]""",
            (await tenant.Client.Get($"/v1/accounts/{other}/history?field=metadata.plan")).Json[0].GetProperty("changes").GetRawText());
        (await tenant.Client.Get($"{path}?limit=101")).Expect(400);
        (await tenant.Client.Get($"{path}?since=yesterday")).Expect(400);
    }

    [Fact]
    public async Task RelatedHistory_OfAnAccount_HasThatOfAllThatBelongsToIt()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        await tenant.CreateRecordAsync(Feature.Tasks, account);
        await tenant.CreateContactAsync(new { accountIds = new[] { account } });

        var entries = (await tenant.Client.Get($"/v1/accounts/{account}/history?related=true")).Expect(200);

        Assert.Equal(
            ["customer-contact", "account-task", "account"],
            entries.Json.EnumerateArray().Select(entry => entry.GetProperty("record").Text("type")));
    }

    /// <summary>Changes that are too large to be in the memory of the server together.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("&related=true")]
    public async Task History_OfALargeRecord_IsSentInPortions(string query)
    {
        const int Updates = 19;
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateLargeAccountAsync(Updates);

        var path = $"/v1/accounts/{account}/history?";
        var all = (await tenant.Client.Get($"{path}limit=100{query}")).Expect(200);
        var first = (await tenant.Client.Get($"{path}limit=8{query}")).Expect(200);
        var second = (await tenant.Client.Get($"{path}limit=8&page=2{query}")).Expect(200);
        var newest = (await tenant.Client.Get($"{path}limit=1{query}")).Expect(200);

        Assert.Equal(Enumerable.Range(1, Updates + 1).Reverse(), Versions(all));
        Assert.Equal(Versions(all).Take(8), Versions(first));
        Assert.Equal(Versions(all).Skip(8).Take(8), Versions(second));
        Assert.Equal([Updates + 1], Versions(newest));
        Assert.Equal("chunked", all.Headers.GetValueOrDefault("Transfer-Encoding"));
        Assert.Equal("chunked", second.Headers.GetValueOrDefault("Transfer-Encoding"));
        Assert.DoesNotContain("Transfer-Encoding", newest.Headers.Keys);

        static IEnumerable<int> Versions(Answer history) =>
            history.Json.EnumerateArray().Select(entry => entry.GetProperty("version").GetInt32());
    }

    public static TheoryData<string> Kinds { get; } =
        ["accounts", "contacts", "relationships", Feature.Activities, Feature.Notes, Feature.Tasks];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task History_OfEachKind_OutlivesTheRecordAndIsSeenByItsOrganizationAlone(string kind)
    {
        var (tenant, stranger) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());
        var request = await WriteOperation.PrepareAsync($"PUT {kind}", tenant);
        (await tenant.Client.Send(request)).Expect(200);
        (await tenant.Client.Delete(request.Path)).Expect(200);

        Assert.Equal("3, 2, 1", await VersionsAsync(tenant, $"{request.Path}/history"));
        (await stranger.Client.Get($"{request.Path}/history")).Expect(404);
        (await tenant.Client.Get($"{request.Path[..request.Path.LastIndexOf('/')]}/{Given.UnknownId}/history")).Expect(404);
        var other = kind == Feature.Notes ? Feature.Tasks : Feature.Notes;
        (await tenant.Client.Get($"/v1/accounts/{other}/{request.Path[(request.Path.LastIndexOf('/') + 1)..]}/history"))
            .ExpectError(404, Feature.NotFoundOf(other));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Details_AtATime_AreThoseOfThatTime(string kind)
    {
        var tenant = await server.CreateTenantAsync();
        var request = await WriteOperation.PrepareAsync($"PUT {kind}", tenant);
        var created = (await tenant.Client.Get(request.Path)).Expect(200);
        await Task.Delay(5, TestContext.Current.CancellationToken);
        var updated = (await tenant.Client.Send(request)).Expect(200);
        await Task.Delay(5, TestContext.Current.CancellationToken);
        (await tenant.Client.Delete(request.Path)).Expect(200);

        var before = DateTimeOffset.Parse(updated.TextOf("updatedAt"), null).AddMilliseconds(-1);
        Assert.Equal(created.Text, (await tenant.Client.Get($"{request.Path}?at={created.TextOf("updatedAt")}")).Expect(200).Text);
        Assert.Equal(created.Text, (await tenant.Client.Get($"{request.Path}?at={before:yyyy-MM-ddTHH:mm:ss.fffZ}")).Expect(200).Text);
        var then = (await tenant.Client.Get($"{request.Path}?at={updated.TextOf("updatedAt")}")).Expect(200);
        Assert.Equal(updated.Text, then.Text);
        Assert.Equal(updated.Headers["ETag"], then.Headers["ETag"]);
        (await tenant.Client.Get($"{request.Path}?at=2020-01-01T00:00:00Z")).Expect(404);
        (await tenant.Client.Get($"{request.Path}?at=2099-01-01T00:00:00Z")).Expect(404);
        (await tenant.Client.Get($"{request.Path}?at=then")).Expect(400);
    }

    [Fact]
    public async Task PrivateNote_OfAnotherUser_HasNoHistory()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var note = await tenant.CreateRecordAsync(Feature.Notes, account, new { visibility = "private" });

        Assert.Equal("1", await VersionsAsync(tenant, $"{Feature.PathOf(Feature.Notes, note.Id)}/history"));
        (await colleague.Client.Get($"{Feature.PathOf(Feature.Notes, note.Id)}/history"))
            .ExpectError(404, "Account note not found");
        (await colleague.Client.Get($"{Feature.PathOf(Feature.Notes, note.Id)}?at=2099-01-01T00:00:00Z"))
            .ExpectError(404, "Account note not found");
    }

    [Fact]
    public async Task RecordWithoutChanges_OlderThanItsHistory_IsShownAsItIsAndBeforeItsFirstChange()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync(new { description = "first" });
        await ExecuteAsync("delete from changes where organization_id = @id", tenant);

        Assert.Empty(await VersionsAsync(tenant, $"/v1/accounts/{account.Id}/history"));
        Assert.Equal(account.Text, (await tenant.Client.Get($"/v1/accounts/{account.Id}?at=2099-01-01T00:00:00Z")).Expect(200).Text);
        await Task.Delay(5, TestContext.Current.CancellationToken);
        (await tenant.PutAccountAsync(account.Id, new { description = "second" })).Expect(200);
        Assert.Equal(
            account.Text, (await tenant.Client.Get($"/v1/accounts/{account.Id}?at={account.TextOf("updatedAt")}")).Expect(200).Text);
        (await tenant.Client.Get($"/v1/accounts/{account.Id}?at=2020-01-01T00:00:00Z")).Expect(404);
    }

    [Fact]
    public async Task PublishedNote_BeforeItsOldestChangeThatIsKept_IsNotShownToOthers()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var note = await tenant.CreateRecordAsync(Feature.Notes, account, new { visibility = "private" });
        await ExecuteAsync("delete from changes where organization_id = @id", tenant);
        await Task.Delay(5, TestContext.Current.CancellationToken);
        await tenant.UpdateRecordAsync(Feature.Notes, note.Id, new { visibility = "public" });
        var path = $"{Feature.PathOf(Feature.Notes, note.Id)}?at={note.TextOf("updatedAt")}";

        Assert.Equal(note.Text, (await tenant.Client.Get(path)).Expect(200).Text);
        (await colleague.Client.Get(path)).ExpectError(404, "Account note not found");
    }

    private async Task ExecuteAsync(string sql, Tenant tenant)
    {
        await using var dataSource = Npgsql.NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.AddWithValue("id", Ulid.Parse(tenant.OrganizationId, provider: null).ToGuid());
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Returns the versions of all entries.</summary>
    private static async Task<string> VersionsAsync(Tenant tenant, string path) => string.Join(
        ", ", (await tenant.Client.Get(path)).Expect(200).Json.EnumerateArray().Select(entry => entry.GetProperty("version").GetRawText()));
}
