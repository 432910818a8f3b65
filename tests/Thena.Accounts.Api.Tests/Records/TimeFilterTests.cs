using System.Globalization;

namespace Thena.Accounts.Api.Tests.Records;

/// <summary>The filters of lists by the times of creation and of the last change.</summary>
public sealed class TimeFilterTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string[] Parameters = ["createdAfter", "createdBefore", "updatedAfter", "updatedBefore"];

    public static TheoryData<string> Lists { get; } =
        ["", "/contacts", "/relationships", "/activities", "/notes", "/tasks"];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_ByTimes_KeepsWhatIsStrictlyLaterAndEarlier(string list)
    {
        var tenant = await server.CreateTenantAsync();
        string[] ids = [await CreateAsync(tenant, list), await CreateAsync(tenant, list), await CreateAsync(tenant, list)];
        var created = (await FindAsync(tenant, list, "order=ASC"))
            .Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id, StringComparer.Ordinal).ToList();
        Assert.Equal(ids, created.Select(row => row.Id));
        var (second, third) = (created[1], created[2]);

        await ExpectAsync($"createdAfter={second.CreatedAt}", ids[2]);
        await ExpectAsync($"createdAfter={Shift(second.CreatedAt, -1)}", ids[2], ids[1]);
        await ExpectAsync($"createdBefore={second.CreatedAt}", ids[0]);
        await ExpectAsync($"createdBefore={Shift(second.CreatedAt, 1)}", ids[1], ids[0]);
        await ExpectAsync($"createdAfter={created[0].CreatedAt}&createdBefore={third.CreatedAt}", ids[1]);
        await ExpectAsync($"createdAfter={third.CreatedAt}");

        await ChangeAsync(tenant, list, ids[0]);
        var changed = (await FindAsync(tenant, list)).Single(row => row.Id == ids[0]).UpdatedAt;
        await ExpectAsync($"updatedAfter={third.UpdatedAt}", ids[0]);
        await ExpectAsync($"updatedAfter={changed}");
        await ExpectAsync($"updatedAfter={second.UpdatedAt}", ids[2], ids[0]);
        await ExpectAsync($"updatedBefore={third.UpdatedAt}", ids[1]);
        await ExpectAsync($"updatedAfter={Shift(second.UpdatedAt, -1)}&updatedBefore={changed}", ids[2], ids[1]);
        await ExpectAsync($"updatedAfter={second.UpdatedAt}&createdBefore={second.CreatedAt}", ids[0]);

        async Task ExpectAsync(string query, params string[] expected) =>
            Assert.Equal(expected, (await FindAsync(tenant, list, query)).Select(row => row.Id).Where(ids.Contains));
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task List_ByATimeThatIsNone_Answers400(string list)
    {
        var tenant = await server.CreateTenantAsync();

        foreach (var parameter in Parameters)
        {
            foreach (var text in (string[])["", "yesterday", "2026-12-01", "2026-12-01T00:00:00", "1700000000000", "2026-02-30T00:00:00Z"])
            {
                var answer = await tenant.Client.Get($"{Paths.Accounts}{list}?{parameter}={text}");
                answer.ExpectError(400, $"{parameter} must be an ISO 8601 instant such as 2023-12-07T10:30:00.000Z");
                Assert.Equal([parameter], answer.ProblemFields());
            }
        }
    }

    [Theory]
    [InlineData("0001-01-02T00:00:00Z", "9999-12-31T23:59:59.999Z", 1)]
    [InlineData("1969-12-31T23:59:59.999Z", "2100-01-01T00:00:00%2B01:00", 1)]
    [InlineData("1969-12-31T23:59:59.999+00:00", "2100-01-01T00:00:00+01:00", 1)]
    [InlineData("1900-01-01T00:00:00Z", "1969-12-31T00:00:00Z", 0)]
    [InlineData("2100-01-01T00:00:00Z", "2200-01-01T00:00:00Z", 0)]
    public async Task List_ByFarTimes_KeepsAllOrNone(string after, string before, int count)
    {
        var (tenant, _) = await server.CreateTenantWithAccountAsync();

        var created = (await tenant.ListAccountsAsync($"createdAfter={after}&createdBefore={before}")).Each("id");
        var updated = (await tenant.ListAccountsAsync($"updatedAfter={after}&updatedBefore={before}")).Each("id");

        Assert.Equal((count, count), (created.Length, updated.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&order=ASC")]
    [InlineData("&sort=name")]
    [InlineData("&sort=updatedAt")]
    [InlineData("&sort=updatedAt&order=ASC")]
    [InlineData("&sort=employees&order=ASC")]
    [InlineData("&status=ACTIVE")]
    [InlineData("&status=ACTIVE&order=ASC")]
    [InlineData("&search=time")]
    [InlineData("&search=time&status=ACTIVE&sort=name")]
    public async Task List_ByTimesWithOtherFiltersOrdersAndCursors_ReturnsEachMatchOnce(string others)
    {
        var tenant = await server.CreateTenantAsync();
        List<string> ids = [];
        for (var index = 0; index < 10; index++)
        {
            var account = await tenant.CreateAccountAsync(new { name = $"Time {index % 3}", status = "ACTIVE", employees = index % 2 });
            await WaitUntilAfterAsync(Ulid.Parse(account.Id, CultureInfo.InvariantCulture).Time);
            ids.Add(account.Id);
        }

        var trial = (await tenant.CreateAccountAsync(new { name = "Other", status = "TRIAL" })).Id;
        var rows = (await FindAsync(tenant, "")).ToDictionary(row => row.Id);
        var query = $"createdAfter={rows[ids[1]].CreatedAt}&createdBefore={rows[trial].CreatedAt}"
            + $"&updatedAfter={rows[ids[2]].UpdatedAt}&updatedBefore={rows[ids[9]].UpdatedAt}{others}";
        var all = (await tenant.ListAccountsAsync($"limit=100{others}")).Each("id");

        var first = await tenant.ListAccountsAsync($"{query}&limit=2&includeTotal=true");
        List<string> found = [.. first.Each("id")];
        for (var page = first; page.Links().TryGetValue("next", out var next);)
        {
            page = (await tenant.Client.Get(new Uri(next).PathAndQuery)).Expect(200);
            found.AddRange(page.Each("id"));
        }

        var expected = all.Where(ids[3..9].Contains).ToList();
        Assert.Equal(6, expected.Count);
        Assert.Equal(expected, found);
        Assert.Equal("6", first.Headers["X-Total-Count"]);
        Assert.Equal(expected[2..4], (await tenant.ListAccountsAsync($"{query}&limit=2&page=2")).Each("id"));
    }

    [Fact]
    public async Task List_ByTheTimeOfChange_FollowsUpdatesAndDeletions()
    {
        var tenant = await server.CreateTenantAsync();
        var (kept, deleted) = (await tenant.CreateAccountAsync(), await tenant.CreateAccountAsync());
        var since = (await tenant.PutAccountAsync(deleted.Id, new { name = "Last" })).Expect(200).TextOf("updatedAt");
        Assert.Equal("[]", (await tenant.ListAccountsAsync($"updatedAfter={since}")).Text);
        await WaitUntilAfterAsync(DateTimeOffset.Parse(since, CultureInfo.InvariantCulture));

        var changed = (await tenant.PutAccountAsync(kept.Id, new { description = "Changed" })).Expect(200);
        (await tenant.DeleteAccountAsync(deleted.Id)).Expect(200);

        Assert.Equal($"[{changed.Text}]", (await tenant.ListAccountsAsync($"updatedAfter={since}")).Text);
    }

    [Fact]
    public async Task List_OfAnotherOrganization_IsNotReadByItsTimes()
    {
        var (owner, _) = await server.CreateTenantWithAccountAsync();
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        const string Since = "2020-01-01T00:00:00Z";
        Assert.Single((await owner.ListAccountsAsync($"updatedAfter={Since}&sort=updatedAt")).Each("id"));

        var answer = await tenant.ListAccountsAsync($"updatedAfter={Since}&createdAfter={Since}&includeTotal=true");

        Assert.Equal([account], answer.Each("id"));
        Assert.Equal("1", answer.Headers["X-Total-Count"]);
    }

    private static string Shift(string time, int milliseconds) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).AddMilliseconds(milliseconds)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static async Task<List<Row>> FindAsync(Tenant tenant, string list, string query = "") =>
    [
        .. (await tenant.Client.Get($"{Paths.Accounts}{list}?limit=100&{query}")).Expect(200).Json.EnumerateArray()
            .Select(row => new Row(row.Text("id"), row.Text("createdAt"), row.Text("updatedAt"))),
    ];

    /// <summary>Creates a record in a millisecond of its own.</summary>
    private static async Task<string> CreateAsync(Tenant tenant, string list)
    {
        var account = await tenant.CreateAccountAsync();
        var id = list switch
        {
            "" => account.Id,
            "/contacts" => (await tenant.CreateContactAsync()).Id,
            "/relationships" =>
                (await tenant.PostRelationshipAsync(account.Id, (await tenant.CreateAccountAsync()).Id, "Partner")).Expect(201).Id,
            _ => (await tenant.CreateRecordAsync(list[1..], account.Id)).Id,
        };
        await WaitUntilAfterAsync(Ulid.Parse(id, CultureInfo.InvariantCulture).Time);
        return id;
    }

    private static async Task WaitUntilAfterAsync(DateTimeOffset time)
    {
        while (TimeProvider.System.GetUtcNow() < time.AddMilliseconds(1))
        {
            await Task.Yield();
        }
    }

    private static async Task ChangeAsync(Tenant tenant, string list, string id)
    {
        var changes = list switch
        {
            "" => (object)new { description = "Changed" },
            "/contacts" => new { lastName = "Changed" },
            "/relationships" => new { relationshipType = "Parent" },
            _ => new { metadata = new { changed = true } },
        };
        (await tenant.Client.Put($"{Paths.Accounts}{list}/{id}", changes)).Expect(200);
    }

    private sealed record Row(string Id, string CreatedAt, string UpdatedAt);
}
