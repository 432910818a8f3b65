using System.Text.Json.Nodes;
using CsCheck;

namespace Thena.Accounts.Api.Tests.Accounts;

public sealed class ListAccountsTests(SharedServer server) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task List_OfNothing_IsEmpty()
    {
        var tenant = await server.CreateTenantAsync();

        var answer = await tenant.ListAccountsAsync("includeTotal=true");

        Assert.Equal("[]", answer.Text);
        Assert.Equal("0", answer.Headers["X-Total-Count"]);
        Assert.Equal(["first", "last"], answer.Links().Keys.Order());
    }

    [Fact]
    public async Task List_WithoutParameters_AnswersTenNewestFirstAsGetDoes()
    {
        var tenant = await server.CreateTenantAsync();
        await (await server.CreateTenantAsync()).CreateAccountAsync();
        List<Answer> accounts = [];
        for (var index = 0; index < 11; index++)
        {
            accounts.Add(await tenant.CreateAccountAsync(new { status = "ACTIVE", metadata = new { index } }));
        }

        var answer = await tenant.ListAccountsAsync();

        accounts.Reverse();
        Assert.Equal($"[{string.Join(',', accounts.Take(10).Select(account => account.Text))}]", answer.Text);
        Assert.False(answer.Headers.ContainsKey("X-Total-Count"));
        Assert.Equal(["first", "next"], answer.Links().Keys.Order());
    }

    [Theory]
    [InlineData("page=2&limit=2", "3,2")]
    [InlineData("page=2.0&limit=2.0", "3,2")]
    [InlineData("page=3&limit=2", "1")]
    [InlineData("page=1&limit=100", "5,4,3,2,1")]
    [InlineData("limit=1", "5")]
    [InlineData("page=4&limit=2", "")]
    [InlineData("page=999999999999&limit=100", "")]
    [InlineData("page=9223372036854775807&limit=100", "")]
    [InlineData("page=99999999999999999999999999999999999999&limit=100", "")]
    public async Task List_WithPageAndLimit_AnswersThatPart(string query, string names)
    {
        var tenant = await CreateAccountsAsync("1", "2", "3", "4", "5");

        Assert.Equal(names, string.Join(',', (await tenant.ListAccountsAsync(query)).Each("name")));
    }

    [Theory]
    [InlineData("page")]
    [InlineData("limit")]
    public async Task List_WithAWrongNumber_NamesTheParameter(string parameter)
    {
        var tenant = await server.CreateTenantAsync();
        string[] wrong = ["0", "-1", "1.5", "abc", "", "%20", "1e400", "NaN", "0x10", "1,000", "null", "true"];

        foreach (var value in parameter == "limit" ? [.. wrong, "101"] : wrong)
        {
            (await tenant.Client.Get($"{Paths.Accounts}?{parameter}={value}")).ExpectProblem(parameter);
        }
    }

    [Theory]
    [InlineData("sort=nothing", "sort")]
    [InlineData("sort=", "sort")]
    [InlineData("order=", "order")]
    [InlineData("sort=createdat", "sort")]
    [InlineData("order=up", "order")]
    [InlineData("includeTotal=yes", "includeTotal")]
    [InlineData("includeTotal=", "includeTotal")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=%00", "cursor")]
    [InlineData("cursor=LWlkIDAxSFpaWlpaWlpaWlpaWlpaWlpaWlpaWg", "cursor")]
    public async Task List_WithAnotherWrongParameter_NamesIt(string query, string parameter)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Get($"{Paths.Accounts}?{query}")).ExpectProblem(parameter);
    }

    [Theory]
    [InlineData("status", "ACTIVE", "TRIAL")]
    [InlineData("classification", "SMB", "STRATEGIC")]
    [InlineData("health", "RED", "GREEN")]
    [InlineData("industry", "Finance", "Retail")]
    public async Task List_ByAttribute_TakesIdOrValueInAnyCase(string member, string value, string other)
    {
        var tenant = await server.CreateTenantAsync();
        var stranger = await server.CreateTenantAsync();
        var match = await tenant.CreateAccountAsync(new Dictionary<string, string> { [member] = value });
        await tenant.CreateAccountAsync(new Dictionary<string, string> { [member] = other });
        await tenant.CreateAccountAsync();
        var id = await tenant.FindAttributeValueIdAsync($"account_{member}", value);

        foreach (
            var form in (string[])[id, id.ToLowerInvariant(), value, value.ToUpperInvariant(), value.ToLowerInvariant(), $"%20{value}%20"])
        {
            Assert.Equal([match.Id], (await tenant.ListAccountsAsync($"{member}={form}&limit=5")).Each("id"));
        }

        foreach (
            var unknown in (string[])
            [
                "nothing",
                "01HZZZZZZZZZZZZZZZZZZZZZZZ",
                await stranger.FindAttributeValueIdAsync($"account_{member}", value),
                await tenant.FindAttributeValueIdAsync("contact_type", "LEGAL"),
            ])
        {
            Assert.Equal("[]", (await tenant.ListAccountsAsync($"{member}={unknown}")).Text);
        }
    }

    [Fact]
    public async Task List_BySourceAndOwner_AnswersThoseThatMatchAll()
    {
        var tenant = await server.CreateTenantAsync();
        var owner = await server.CreateUserAsync(tenant.OrganizationId, "Grace Hopper");
        var crm = await tenant.CreateAccountAsync(new { source = "crm" });
        var owned = await tenant.CreateAccountAsync(new { accountOwnerId = owner.Id });
        var both = await tenant.CreateAccountAsync(new { source = "crm", accountOwnerId = owner.Id, status = "TRIAL" });

        Assert.Equal([both.Id, crm.Id], (await tenant.ListAccountsAsync("source=crm")).Each("id"));
        Assert.Equal([owned.Id], (await tenant.ListAccountsAsync("source=manual")).Each("id"));
        Assert.Equal([both.Id, owned.Id], (await tenant.ListAccountsAsync($"accountOwnerId={owner.Id}")).Each("id"));
        Assert.Equal([both.Id], (await tenant.ListAccountsAsync($"accountOwnerId={owner.Id}&source=crm&status=trial")).Each("id"));
        foreach (
            var nothing in (string[])
            [
                $"accountOwnerId={owner.Id}&source=crm&status=active", "source=nothing", "accountOwnerId=nothing",
                $"accountOwnerId={tenant.User.Id}", "accountOwnerId=01HZZZZZZZZZZZZZZZZZZZZZZZ",
            ])
        {
            Assert.Equal("[]", (await tenant.ListAccountsAsync(nothing)).Text);
        }
    }

    [Theory]
    [InlineData("acme", "Acme Corp")]
    [InlineData("CME c", "Acme Corp")]
    [InlineData(" corp ", "Acme Corp")]
    [InlineData("100%", "100% Cotton")]
    [InlineData("%", "100% Cotton")]
    [InlineData("0_", "100_Percent")]
    [InlineData("_", "100_Percent")]
    [InlineData("\\", "Back\\slash")]
    [InlineData("k\\s", "Back\\slash")]
    [InlineData("\\%", "")]
    [InlineData("ÜBER", "Über Straße")]
    [InlineData("über stra", "Über Straße")]
    [InlineData("жЕНЯ", "Женя")]
    [InlineData("東京", "東京 Office")]
    [InlineData("😀", "😀 Smile")]
    [InlineData("DEEP.First", "Primary")]
    [InlineData("deep.second", "Secondary")]
    [InlineData("'; drop table accounts; --", "")]
    [InlineData("Primary\ndeep.first", "")]
    [InlineData("nothing like it", "")]
    public async Task List_WithSearch_FindsPartsOfNameAndDomainsLiterally(string search, string name)
    {
        var tenant = await CreateAccountsAsync(
            "Acme Corp", "100% Cotton", "100_Percent", "Back\\slash", "Über Straße", "Женя", "東京 Office", "😀 Smile");
        await tenant.CreateAccountAsync(new { name = "Primary", primaryDomain = "deep.first.test" });
        await tenant.CreateAccountAsync(new { name = "Secondary", secondaryDomain = "deep.second.test" });

        var answer = await tenant.ListAccountsAsync($"search={Uri.EscapeDataString(search)}&limit=100");

        Assert.Equal(name, string.Join(',', answer.Each("name")));
    }

    [Theory]
    [InlineData("name", "ASC", "ann,Bob,carl,Dora")]
    [InlineData("name", "DESC", "Dora,carl,Bob,ann")]
    [InlineData("createdAt", "ASC", "Dora,ann,carl,Bob")]
    [InlineData("createdAt", "DESC", "Bob,carl,ann,Dora")]
    [InlineData("updatedAt", "ASC", "ann,carl,Bob,Dora")]
    [InlineData("updatedAt", "DESC", "Dora,Bob,carl,ann")]
    [InlineData("annualRevenue", "ASC", "Dora,Bob,ann,carl")]
    [InlineData("annualRevenue", "DESC", "carl,ann,Bob,Dora")]
    [InlineData("employees", "ASC", "carl,Bob,Dora,ann")]
    [InlineData("employees", "DESC", "ann,Dora,Bob,carl")]
    public async Task List_WithSortAndOrder_PutsUnsetValuesFirstWhenAscending(string sort, string order, string names)
    {
        var tenant = await server.CreateTenantAsync();
        var dora = await tenant.CreateAccountAsync("""{"name":"Dora","employees":9}""");
        await tenant.CreateAccountAsync("""{"name":"ann","annualRevenue":10,"employees":10}""");
        await tenant.CreateAccountAsync("""{"name":"carl","annualRevenue":10.5}""");
        await tenant.CreateAccountAsync("""{"name":"Bob","annualRevenue":0,"employees":0}""");
        await Task.Delay(2, TestContext.Current.CancellationToken);
        (await tenant.PutAccountAsync(dora.Id, new { description = "later" })).Expect(200);

        Assert.Equal(names, string.Join(',', (await tenant.ListAccountsAsync($"sort={sort}&order={order}")).Each("name")));
        if (order == "DESC")
        {
            Assert.Equal(names, string.Join(',', (await tenant.ListAccountsAsync($"sort={sort}")).Each("name")));
        }
    }

    [Fact]
    public async Task List_WithTotal_LinksFirstPreviousNextAndLastWithTheSameFilters()
    {
        var tenant = await server.CreateTenantAsync();
        foreach (var name in (string[])["a & b 1", "a & b 2", "a & b 3", "other", "a & b 4", "a & b 5"])
        {
            await tenant.CreateAccountAsync(new { name, source = "crm" });
        }

        var second = (await tenant.ListAccountsAsync("search=a%20%26%20b&limit=2&page=2&includeTotal=true&source=crm&sort=name&order=ASC"))
            .Expect(200);

        Assert.Equal("5", second.Headers["X-Total-Count"]);
        Assert.Equal(["first", "last", "next", "prev"], second.Links().Keys.Order());
        Assert.Equal("a & b 3,a & b 4", string.Join(',', second.Each("name")));
        foreach (
            var (relation, names) in new Dictionary<string, string>
            {
                ["first"] = "a & b 1,a & b 2",
                ["prev"] = "a & b 1,a & b 2",
                ["next"] = "a & b 5",
                ["last"] = "a & b 5",
            })
        {
            Assert.Equal(names, string.Join(',', (await tenant.Client.Get(second.Links()[relation])).Expect(200).Each("name")));
        }

        var last = await tenant.Client.Get(second.Links()["next"]);
        Assert.Equal(["first", "last", "prev"], last.Links().Keys.Order());
        Assert.Equal("5", last.Headers["X-Total-Count"]);
    }

    [Theory]
    [InlineData("limit=2&page=1", "first,next")]
    [InlineData("limit=2&page=2", "first,prev")]
    [InlineData("limit=4", "first")]
    [InlineData("limit=2&page=2&includeTotal=false", "first,prev")]
    [InlineData("limit=2&page=2&includeTotal=true", "first,last,prev")]
    public async Task List_WhenThePageIsFull_LinksNextOnlyWhenThereIsMore(string query, string relations)
    {
        var tenant = await CreateAccountsAsync("1", "2", "3", "4");

        var answer = await tenant.ListAccountsAsync(query);

        Assert.Equal(relations, string.Join(',', answer.Links().Keys.Order()));
        Assert.Equal(query.Contains("Total=true", StringComparison.Ordinal), answer.Headers.ContainsKey("X-Total-Count"));
    }

    [Theory]
    [InlineData("sort=createdAt&order=ASC")]
    [InlineData("sort=name")]
    [InlineData("sort=employees&order=ASC")]
    public async Task List_WithTheCursorOfAnotherOrder_NamesTheCursor(string query)
    {
        var tenant = await CreateAccountsAsync("1", "2");
        var cursor = System.Web.HttpUtility.ParseQueryString(
            new Uri((await tenant.ListAccountsAsync("limit=1")).Links()["next"]).Query)["cursor"];

        await tenant.ListAccountsAsync($"limit=1&cursor={cursor}");
        (await tenant.Client.Get($"{Paths.Accounts}?limit=1&cursor={cursor}&{query}")).ExpectProblem("cursor");
    }

    [Fact]
    public async Task List_WithRandomCursors_NeverFails()
    {
        var tenant = await CreateAccountsAsync("1", "2");
        var next = System.Web.HttpUtility.ParseQueryString(
            new Uri((await tenant.ListAccountsAsync("limit=1&sort=annualRevenue")).Links()["next"]).Query)["cursor"]!;
        var mutation = Gen.Select(Gen.Int[0, next.Length - 1], Gen.Char["abcABC019-_"]);

        await mutation.SampleAsync(
            async change =>
            {
                var (position, letter) = change;
                var cursor = $"{next[..position]}{letter}{next[(position + 1)..]}";
                var answer = await tenant.Client.Get($"{Paths.Accounts}?sort=annualRevenue&cursor={cursor}");
                Assert.True((int)answer.Status is 200 or 400, answer.Text);
            },
            iter: 60,
            threads: 1);
    }

    [Theory]
    [InlineData("createdAt", "ASC")]
    [InlineData("createdAt", "DESC")]
    [InlineData("name", "ASC")]
    [InlineData("name", "DESC")]
    [InlineData("updatedAt", "ASC")]
    [InlineData("updatedAt", "DESC")]
    [InlineData("annualRevenue", "ASC")]
    [InlineData("annualRevenue", "DESC")]
    [InlineData("employees", "ASC")]
    [InlineData("employees", "DESC")]
    public async Task List_WalkedByNextWhileRowsComeAndGo_ShowsEachLastingRowOnce(string sort, string order)
    {
        var account = Gen.Select(
            Gen.OneOf("ann", "Ann", "bob 2", "Женя", "100%", "ß😀", "a,b"),
            Gen.OneOf<string?>("null", "0", "1", "2.5", "999999999999999.9999"),
            Gen.OneOf("null", "0", "1", "2147483647"),
            (name, revenue, employees) => $$"""{"name":"{{name}}","annualRevenue":{{revenue}},"employees":{{employees}}}""");
        var cases = Gen.Select(account.Array[4, 9], account.Array[3, 5], account.Array[4, 8], Gen.Int[1, 4]);

        await cases.SampleAsync(
            async walk =>
            {
                var (lasting, leaving, coming, limit) = walk;
                var tenant = await server.CreateTenantAsync();
                var created = await CreateAllAsync(
                    tenant,
                    lasting.Zip(leaving.Concat(Enumerable.Repeat<string?>(null, lasting.Length)), (stays, goes) => new[] { stays, goes })
                    .SelectMany(pair => pair).OfType<string>());
                var goes = created.Where((_, index) => index % 2 == 1 && index < leaving.Length * 2).ToList();
                var stays = created.Except(goes).ToHashSet();
                List<string> seen = [];
                var steps = 0;
                for (var next = $"{Paths.Accounts}?sort={sort}&order={order}&limit={limit}"; next is not null; steps++)
                {
                    var page = (await tenant.Client.Get(next)).Expect(200);
                    seen.AddRange(page.Each("id"));
                    if (steps < coming.Length)
                    {
                        await tenant.CreateAccountAsync(coming[steps]);
                    }

                    if (steps < goes.Count)
                    {
                        (await tenant.DeleteAccountAsync(goes[steps])).Expect(200);
                    }

                    Assert.True(steps < 100, "The walk does not end");
                    next = page.Links().GetValueOrDefault("next");
                }

                Assert.Equal(seen.Count, seen.Distinct().Count());
                Assert.Equal(stays.Order(), seen.Where(stays.Contains).Order());
            },
            iter: 6,
            threads: 1);
    }

    /// <summary>Creates accounts in one request, so that many have the same creation time.</summary>
    private static async Task<List<string>> CreateAllAsync(Tenant tenant, IEnumerable<string> accounts) =>
    [
        .. (await tenant.PostAccountsAsync(accounts.Select(Given.Account))).Expect(201)["results"].EnumerateArray()
            .Select(result => result.GetProperty("id").GetString()!),
    ];

    private async Task<Tenant> CreateAccountsAsync(params string[] names)
    {
        var tenant = await server.CreateTenantAsync();
        (await tenant.PostAccountsAsync(names.Select(name => Given.Account(new JsonObject { ["name"] = name })))).Expect(201);
        return tenant;
    }
}
