namespace Thena.Accounts.Api.Tests.Conditions;

/// <summary>The versions of records: <c>ETag</c>, <c>If-Match</c> and <c>If-None-Match</c>.</summary>
public sealed class EntityTagTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private const string Changed = "The record does not match the version in If-Match!";
    private const string Malformed = "If-Match must be * or entity tags, such as the quoted updatedAt of the record";

    public static TheoryData<string> Operations { get; } = [.. WriteOperation.OfOneRecord];

    public static TheoryData<string> Updates { get; } =
        [.. WriteOperation.OfOneRecord.Where(name => name.StartsWith("PUT", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Write_WithAnOldVersion_Answers412AndChangesNothing(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var request = await WriteOperation.PrepareAsync(operation, tenant);
        var content = await server.ReadContentAsync();

        const string Past = "\"2020-01-01T00:00:00.000Z\"";
        foreach (var old in new[] { Past, "\"of another server\"", $"W/{Past}", "\"a\", \"b\"" })
        {
            (await tenant.Client.Send(request, ("If-Match", old))).ExpectError(412, Changed);
        }

        (await tenant.Client.Send(request, ("If-Match", "not quoted"))).ExpectError(400, Malformed);
        (await tenant.Client.Send(request, ("If-Match", "\"x\", *"))).ExpectError(400, Malformed);
        Assert.Equal(content, await server.ReadContentAsync());
        (await tenant.Client.Send(request, ("If-Match", "*"))).Expect(200);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Write_WithTheCurrentVersion_Succeeds(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var request = await WriteOperation.PrepareAsync(operation, tenant);
        var updatedAt = await ReadVersionAsync(request.Path);

        (await tenant.Client.Send(request, ("If-Match", $"\"2020-01-01T00:00:00.000Z\", \"{updatedAt}\""))).Expect(200);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Write_OfAnUnknownRecordOrOfAnotherOrganization_Answers404WhateverTheVersion(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var other = await server.CreateTenantAsync();
        var request = await WriteOperation.PrepareAsync(operation, other);

        (await tenant.Client.Send(request, ("If-Match", "\"2020-01-01T00:00:00.000Z\""))).Expect(404);
        (await tenant.Client.Send(request, ("If-Match", "*"))).Expect(404);
    }

    [Theory]
    [MemberData(nameof(Updates))]
    public async Task Update_ManyTimesInOneMillisecond_IncreasesTheVersionEachTime(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var request = await WriteOperation.PrepareAsync(operation, tenant);
        var tag = (await tenant.Client.Send(request)).Expect(200).Headers["ETag"];
        await server.ExecuteAsync(
            $"""
            update {TableOf(request.Path)} set updated_at = date_trunc('milliseconds', now()) + interval '1 day'
            where id = '{IdOf(request.Path)}'
            """);
        var last = await ReadVersionAsync(request.Path);
        var name = request.Body!.Last().Key;

        for (var round = 0; round < 5; round++)
        {
            var body = Given.Merge(request.Body, name switch
            {
                "attachmentUrls" => new { attachmentUrls = new[] { $"https://example.com/{round}.pdf" } },
                "metadata" => (object)new { metadata = new { round } },
                _ => new Dictionary<string, string> { [name] = $"{Guid.CreateVersion7():N}" },
            });
            var updated = (await tenant.Client.Send(request with { Body = body }, ("If-Match", $"\"{last}\""))).Expect(200);
            Assert.True(string.CompareOrdinal(updated.TextOf("updatedAt"), last) > 0, $"{updated.TextOf("updatedAt")} after {last}");
            Assert.StartsWith($"\"{updated.TextOf("updatedAt")}-", updated.Headers["ETag"], StringComparison.Ordinal);
            last = updated.TextOf("updatedAt");
        }

        (await tenant.Client.Send(request, ("If-Match", tag))).ExpectError(412, Changed);
    }

    [Fact]
    public async Task Update_ByManyClientsOfOneVersion_SucceedsOnce()
    {
        var tenant = await server.CreateTenantAsync();
        var account = await tenant.CreateAccountAsync();
        var requests = Enumerable.Range(0, 16).Select(index => new WriteRequest(
            HttpMethod.Put, $"{Paths.Accounts}/{account.Id}", Given.Merge(new { description = $"{index}" })));

        var answers = await Task.WhenAll(requests.Select(request => tenant.Client.Send(request, ("If-Match", account.Headers["ETag"]))));

        var winner = Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.ExpectError(412, Changed));
        Assert.Equal(winner.Text, (await tenant.GetAccountAsync(account.Id)).Text);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("update")]
    [InlineData("bulk")]
    [InlineData("ingest")]
    public async Task Contact_LinkedToAnAccountByItsDomain_GetsANewVersion(string operation)
    {
        var tenant = await server.CreateTenantAsync();
        var contact = await tenant.CreateContactAsync(new { email = "ada@linked.example" });
        var linked = Given.Account(new { primaryDomain = "linked.example", addExistingUsersToAccountContacts = true });

        await LinkAsync();

        var found = await tenant.GetContactAsync(contact.Id);
        Assert.Single(found.LinkedIds());
        Assert.True(string.CompareOrdinal(found.Text("updatedAt"), contact.TextOf("updatedAt")) > 0);
        var stale = new WriteRequest(
            HttpMethod.Put, $"{Paths.Contacts}/{contact.Id}", Given.Merge(new { accountIds = Array.Empty<string>() }));
        (await tenant.Client.Send(stale, ("If-Match", $"\"{contact.TextOf("updatedAt")}\""))).ExpectError(412, Changed);

        // The link is there already, so nothing changes.
        await LinkAsync();
        Assert.Equal(found.GetRawText(), (await tenant.GetContactAsync(contact.Id)).GetRawText());

        async Task LinkAsync()
        {
            var known = (await tenant.ListAccountsAsync("search=linked.example")).Expect(200).Each("id");
            _ = (operation, known) switch
            {
                ("ingest", _) => (await tenant.PostIngestAsync([new { email = "ADA@linked.example" }])).Expect(200),
                (_, [var id]) => (await tenant.PutAccountAsync(id, new { addExistingUsersToAccountContacts = true })).Expect(200),
                ("create", _) => (await tenant.Client.Post(Paths.Accounts, linked)).Expect(201),
                ("bulk", _) => (await tenant.PostAccountsAsync([linked])).Expect(201),
                _ => (await tenant.PutAccountAsync(
                    (await tenant.CreateAccountAsync(new { primaryDomain = "linked.example" })).Id,
                    new { addExistingUsersToAccountContacts = true })).Expect(200),
            };
        }
    }

    [Fact]
    public async Task Contact_UnlinkedByTheDeletionOfItsAccount_GetsANewVersion()
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        var kept = await tenant.CreateAccountAsync();
        var contact = await tenant.CreateContactAsync(new { accountIds = new[] { accountId, kept.Id } });
        var other = await tenant.GetContactAsync((await tenant.CreateContactAsync(new { accountIds = new[] { kept.Id } })).Id);

        (await tenant.DeleteAccountAsync(accountId)).Expect(200);

        var found = await tenant.GetContactAsync(contact.Id);
        Assert.Equal([kept.Id], found.LinkedIds());
        Assert.True(string.CompareOrdinal(found.Text("updatedAt"), contact.TextOf("updatedAt")) > 0);
        var stale = new WriteRequest(HttpMethod.Put, $"{Paths.Contacts}/{contact.Id}", Given.Merge(new { lastName = "New" }));
        (await tenant.Client.Send(stale, ("If-Match", $"\"{contact.TextOf("updatedAt")}\""))).ExpectError(412, Changed);
        Assert.Equal(other.GetRawText(), (await tenant.GetContactAsync(other.Text("id"))).GetRawText());
    }

    [Fact]
    public async Task PrivateNote_OfAnotherUser_Answers404EvenToAWrongVersion()
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var note = await tenant.CreateRecordAsync(Feature.Notes, accountId, new { visibility = "private" });
        var path = Feature.PathOf(Feature.Notes, note.Id);

        (await colleague.Client.Send(new(HttpMethod.Delete, path), ("If-Match", "\"x\""))).Expect(404);
        (await colleague.Client.Send(new(HttpMethod.Put, path, Given.Merge(new { content = "x" })), ("If-Match", "\"x\""))).Expect(404);
    }

    [Fact]
    public async Task AccountDetails_AnswerNotModified_OnlyWhileTheBodyIsTheSame()
    {
        var tenant = await server.CreateTenantAsync();
        var value = (await tenant.CreateAttributeValueAsync("account_industry", "Retail & more")).Id;
        var path = $"{Paths.Accounts}/{(await tenant.CreateAccountAsync(new { industry = value, accountOwnerId = tenant.User.Id })).Id}";
        var tag = (await tenant.Client.Get(path)).Expect(200).Headers["ETag"];

        var unchanged = (await tenant.Client.Get(path, ("If-None-Match", tag))).Expect(304);
        Assert.Equal(("", tag), (unchanged.Text, unchanged.Headers["ETag"]));
        (await tenant.Client.Get(path, ("If-None-Match", $"\"x\", W/{tag}"))).Expect(304);
        (await tenant.Client.Get(path, ("If-None-Match", "*"))).Expect(304);
        (await tenant.Client.Get(path, ("If-None-Match", "\"x\""))).Expect(200);
        (await tenant.Client.Get(path, ("If-None-Match", "malformed"))).Expect(200);

        (await tenant.PutAttributeValueAsync(value, new { value = "Retail and more" })).Expect(200);
        var renamed = (await tenant.Client.Get(path, ("If-None-Match", tag))).Expect(200);
        await server.ExecuteAsync($"update reference_versions set version = '{Guid.CreateVersion7()}'");
        await server.ExecuteAsync($"update users set name = 'Renamed' where id = '{Ulid.Parse(tenant.User.Id, null).ToGuid()}'");
        var owned = (await tenant.Client.Get(path, ("If-None-Match", renamed.Headers["ETag"]))).Expect(200);

        Assert.Equal(3, new[] { tag, renamed.Headers["ETag"], owned.Headers["ETag"] }.Distinct().Count());
        (await tenant.Client.Send(new(HttpMethod.Put, path, Given.Merge(new { name = "Acme" })), ("If-Match", tag))).Expect(200);
    }

    [Fact]
    public async Task ListItem_QuotedUpdatedAt_IsAVersion()
    {
        var (tenant, accountId) = await server.CreateTenantWithAccountAsync();
        var item = Assert.Single((await tenant.ListAccountsAsync()).Json.EnumerateArray());
        var request = new WriteRequest(HttpMethod.Put, $"{Paths.Accounts}/{accountId}", Given.Merge(new { description = "Changed" }));

        (await tenant.Client.Send(request, ("If-Match", $"\"{item.Text("updatedAt")}\""))).Expect(200);
        (await tenant.Client.Send(request, ("If-Match", $"\"{item.Text("updatedAt")}\""))).ExpectError(412, Changed);
    }

    private static string TableOf(string path) => path.Split('/') switch
    {
        [.., "attributes", _] => "attribute_values",
        [.., "types", _] => "relationship_types",
        [.., var table, _, "attachments", _] => table,
        [.., var table, _] => table,
        _ => throw new ArgumentException($"{path} names no record.", nameof(path)),
    };

    private static Guid IdOf(string path)
    {
        var parts = path.Split('/');
        return Ulid.Parse(parts[^2] == "attachments" ? parts[^3] : parts[^1], null).ToGuid();
    }

    private async Task<string> ReadVersionAsync(string path)
    {
        var milliseconds = await server.ReadNumberAsync(
            $"select (extract(epoch from updated_at) * 1000)::bigint from {TableOf(path)} where id = '{IdOf(path)}'");
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
    }
}
