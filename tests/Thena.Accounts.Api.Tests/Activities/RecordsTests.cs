

namespace Thena.Accounts.Api.Tests.Activities;

/// <summary>The rules that activities, notes and tasks share.</summary>
public sealed class RecordsTests(SharedServer server) : IClassFixture<SharedServer>
{
    private static readonly string[] Features = [Feature.Activities, Feature.Notes, Feature.Tasks];

    public static TheoryData<string, string, string, string> References => new()
    {
        { Feature.Activities, "type", "activity_type", "Activity type not found!" },
        { Feature.Activities, "status", "activity_status", "Activity status not found!" },
        { Feature.Notes, "type", "note_type", "Note type not found!" },
        { Feature.Tasks, "type", "task_type", "Task type not found!" },
        { Feature.Tasks, "status", "task_status", "Task status not found!" },
        { Feature.Tasks, "priority", "task_priority", "Task priority not found!" },
    };

    [Theory]
    [InlineData(Feature.Activities)]
    [InlineData(Feature.Notes)]
    [InlineData(Feature.Tasks)]
    public async Task Delete_Repeated_IsNotFound(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var kept = await tenant.CreateRecordAsync(feature, account);
        var record = await tenant.CreateRecordAsync(feature, account, new { attachmentUrls = new[] { "https://files.example/a" } });

        Assert.Equal("", (await tenant.DeleteRecordAsync(feature, record.Id)).Expect(200).Text);

        (await tenant.DeleteRecordAsync(feature, record.Id)).ExpectError(404, Feature.NotFoundOf(feature));
        (await tenant.PutRecordAsync(feature, record.Id, new { metadata = new { a = 1 } })).ExpectError(404, Feature.NotFoundOf(feature));
        (await tenant.DeleteAttachmentAsync(feature, record.Id, record["attachments"][0].Text("id")))
            .ExpectError(404, Feature.NotFoundOf(feature));
        Assert.Equal($"[{kept.Text}]", (await tenant.ListRecordsAsync(feature)).Text);
        Assert.Equal("[]", (await tenant.ListRecordsAsync(feature, $"{Feature.NounOf(feature)}Id={record.Id}")).Text);
    }

    [Theory]
    [InlineData(Feature.Activities)]
    [InlineData(Feature.Notes)]
    [InlineData(Feature.Tasks)]
    public async Task Delete_ByManyAtOnceWhileItIsChanged_SucceedsOnce(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        for (var round = 0; round < 5; round++)
        {
            var id = (await tenant.CreateRecordAsync(feature, account)).Id;

            var changes = Enumerable.Range(0, 6)
                .Select(count => tenant.PutRecordAsync(feature, id, new { metadata = new { count } }))
                .ToList();
            var deletions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.DeleteRecordAsync(feature, id)));

            var winner = Assert.Single(deletions, answer => (int)answer.Status == 200);
            Assert.All(deletions.Where(answer => answer != winner), answer => answer.ExpectError(404, Feature.NotFoundOf(feature)));
            Assert.All(await Task.WhenAll(changes), answer => Assert.True((int)answer.Status is 200 or 404, answer.Text));
            Assert.Equal("[]", (await tenant.ListRecordsAsync(feature)).Text);
        }
    }

    [Theory]
    [InlineData(Feature.Activities, "Activity ID is required!")]
    [InlineData(Feature.Notes, "Note ID is required!")]
    [InlineData(Feature.Tasks, "Task ID is required!")]
    public async Task BlankId_InThePath_IsRequired(string feature, string message)
    {
        var tenant = await server.CreateTenantAsync();

        foreach (var blank in (string[])["%20", "%20%20", "%09"])
        {
            (await tenant.PutRecordAsync(feature, blank, new { })).ExpectError(400, message);
            (await tenant.DeleteRecordAsync(feature, blank)).ExpectError(400, message);
            (await tenant.DeleteAttachmentAsync(feature, blank, Given.UnknownId)).ExpectError(400, message);
        }
    }

    [Theory]
    [InlineData(Feature.Activities)]
    [InlineData(Feature.Notes)]
    [InlineData(Feature.Tasks)]
    public async Task Id_ThatNamesNothingHere_IsNotFound(string feature)
    {
        var tenant = await server.CreateTenantAsync();
        var (stranger, account) = await server.CreateTenantWithAccountAsync();
        var record = await stranger.CreateRecordAsync(feature, account, new { attachmentUrls = new[] { "https://files.example/a" } });

        foreach (var id in (string[])[record.Id, Given.UnknownId, "nonsense"])
        {
            (await tenant.PutRecordAsync(feature, id, new { metadata = new { a = 1 } })).ExpectError(404, Feature.NotFoundOf(feature));
            (await tenant.DeleteRecordAsync(feature, id)).ExpectError(404, Feature.NotFoundOf(feature));
            (await tenant.DeleteAttachmentAsync(feature, id, record["attachments"][0].Text("id")))
                .ExpectError(404, Feature.NotFoundOf(feature));
        }

        Assert.Equal("[]", (await tenant.ListRecordsAsync(feature)).Text);
        Assert.Equal("[]", (await tenant.ListRecordsAsync(feature, $"{Feature.NounOf(feature)}Id={record.Id}")).Text);
        Assert.Equal("[]", (await tenant.ListRecordsAsync(feature, $"accountId={account}")).Text);
        Assert.Equal($"[{record.Text}]", (await stranger.ListRecordsAsync(feature)).Text);
    }

    [Theory]
    [InlineData(Feature.Activities)]
    [InlineData(Feature.Notes)]
    [InlineData(Feature.Tasks)]
    public async Task AccountId_ThatNamesNothingHere_IsNotFound(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var (_, foreign) = await server.CreateTenantWithAccountAsync();
        (await tenant.DeleteAccountAsync(account)).Expect(200);

        foreach (var id in (string[])[foreign, account, Given.UnknownId, "nonsense", tenant.User.Id])
        {
            (await tenant.PostRecordAsync(feature, id)).ExpectError(404, "Account not found!");
        }

        foreach (var blank in (string[])["", " "])
        {
            (await tenant.PostRecordAsync(feature, blank)).ExpectError(400, "accountId is required");
        }

        Assert.Equal("[]", (await tenant.ListRecordsAsync(feature)).Text);
    }

    [Theory]
    [InlineData(Feature.Activities)]
    [InlineData(Feature.Notes)]
    [InlineData(Feature.Tasks)]
    public async Task List_InPages_IsNewestFirst(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        List<string> ids = [];
        for (var count = 0; count < 12; count++)
        {
            ids.Insert(0, (await tenant.CreateRecordAsync(feature, account)).Id);
        }

        (await tenant.UpdateRecordAsync(feature, ids[11], new { metadata = new { a = 1 } })).Expect(200);

        var first = await tenant.ListRecordsAsync(feature, "includeTotal=true");
        Assert.Equal(ids[..10], first.Each("id"));
        Assert.Equal("12", first.Headers["X-Total-Count"]);
        Assert.Equal(["first", "last", "next"], first.Links().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(ids[10..], (await tenant.Client.Get(first.Links()["next"])).Expect(200).Each("id"));
        var second = await tenant.ListRecordsAsync(feature, $"accountId={account}&limit=5&page=2");
        Assert.Equal(ids[5..10], second.Each("id"));
        Assert.DoesNotContain("X-Total-Count", second.Headers.Keys);
        Assert.Equal(["first", "next", "prev"], second.Links().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(12, (await tenant.ListRecordsAsync(feature, "limit=100")).Json.GetArrayLength());
        foreach (
            var query in (string[])
            [
                "page=0", "page=-1", "page=1.5", "page=x", "page=", "limit=0", "limit=101", "limit=1.5", "limit=x", "includeTotal=1",
            ])
        {
            (await tenant.Client.Get($"{Feature.PathOf(feature)}?{query}")).ExpectProblem(query.Split('=')[0]);
        }
    }

    [Theory]
    [InlineData("{\"attachmentUrls\":[\"https://f.example/\\ud800\"]}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    [InlineData("{\"title\":\"\\ud800\",\"content\":\"\\ud800\"}")]
    public async Task Text_ThatIsNoUnicode_IsRefused(string changes)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        foreach (var (feature, id) in await CreateAllAsync(tenant, account))
        {
            (await tenant.PutRecordAsync(feature, id, changes)).Expect(400);
        }
    }

    [Theory]
    [InlineData("type=%00")]
    [InlineData("accountId=%00")]
    [InlineData("type=%ED%A0%80")]
    public async Task Query_ThatIsNoText_NeverFails(string query)
    {
        var tenant = await server.CreateTenantAsync();
        foreach (var feature in Features)
        {
            var answer = await tenant.Client.Get($"{Feature.PathOf(feature)}?{query}");
            Assert.True((int)answer.Status is 400 || answer.Expect(200).Text == "[]", answer.Text);
        }
    }

    [Theory]
    [InlineData(Feature.Activities)]
    [InlineData(Feature.Notes)]
    [InlineData(Feature.Tasks)]
    public async Task Metadata_UpTo64Kilobytes_IsKeptAndReplacedAsAWhole(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var largest = $$"""{"a":"{{new string('x', (64 * 1_024) - 8)}}"}""";

        var record = await tenant.CreateRecordAsync(feature, account, Given.Member("metadata", largest));

        Assert.Equal(largest, record.RawOf("metadata"));
        Assert.Equal(
            """{"b":2}""",
            (await tenant.UpdateAndExpectChangeAsync(feature, record.Id, new { metadata = new { b = 2 } })).RawOf("metadata"));
        foreach (var wrong in (string[])[largest.Replace("\"x", "\"xx", StringComparison.Ordinal), "[]", "\"\"", "5", """{"a":"\u0000"}"""])
        {
            (await tenant.PostRecordAsync(feature, account, Given.Member("metadata", wrong))).Expect(400);
            (await tenant.PutRecordAsync(feature, record.Id, $$"""{"metadata":{{wrong}}}""")).Expect(400);
        }

        Assert.Equal(
            "{}", (await tenant.UpdateAndExpectChangeAsync(feature, record.Id, Given.Member("metadata", "null"))).RawOf("metadata"));
        Assert.Equal("{}", (await tenant.CreateRecordAsync(feature, account, Given.Member("metadata", "null"))).RawOf("metadata"));
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Value_OfAPickList_IsTheDefaultOrTakenByIdOrValue(string feature, string member, string kind, string message)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var before = (await tenant.FindDefaultValueAsync(kind))!;
        var own = await tenant.CreateAttributeValueAsync(kind, "Own Value", new { icon = "star", color = "#00FF00" });
        var plain = await tenant.CreateRecordAsync(feature, account, Given.Member(member, "null"));

        foreach (var reference in (string[])[own.Id, own.Id.ToLowerInvariant(), "oWN vALUE", " Own Value "])
        {
            var change = new Dictionary<string, string> { [member] = reference };
            var created = await tenant.CreateRecordAsync(feature, account, change);
            Assert.Equal(["Own Value", own.Id], [created.TextOf(member), created.TextOf($"{member}Id")]);
            Assert.Equal("""{"icon":"star","color":"#00FF00"}""", created.RawOf($"{member}Configuration"));
            Assert.Equal("Own Value", (await tenant.UpdateRecordAsync(feature, plain.Id, change)).TextOf(member));
            Assert.Equal(
                before,
                (await tenant.UpdateRecordAsync(feature, plain.Id, new Dictionary<string, string> { [member] = before })).TextOf(member));
        }

        Assert.Equal(before, plain.TextOf(member));
        (await tenant.PutAttributeValueAsync(own.Id, new { isDefault = true, value = "Renamed" })).Expect(200);
        Assert.Equal("Renamed", (await tenant.CreateRecordAsync(feature, account)).TextOf(member));
        Assert.Equal(before, (await tenant.UpdateRecordAsync(feature, plain.Id, new { metadata = new { a = 1 } })).TextOf(member));
        foreach (
            var unknown in (string[])
            [
                "nothing",
                "Own Value",
                Given.UnknownId,
                await tenant.FindAttributeValueIdAsync("account_status", "ACTIVE"),
                "ACTIVE",
            ])
        {
            var change = new Dictionary<string, string> { [member] = unknown };
            (await tenant.PostRecordAsync(feature, account, change)).ExpectError(404, message);
            (await tenant.PutRecordAsync(feature, plain.Id, change)).ExpectError(404, message);
        }

        foreach (var empty in (string[])["null", "\"\"", "\" \""])
        {
            (await tenant.PutRecordAsync(feature, plain.Id, Given.Member(member, empty))).ExpectProblem(member);
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Value_OfAnotherOrganization_IsNotFoundAndNothingIsWritten(string feature, string member, string kind, string message)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var foreign = await (await server.CreateTenantAsync()).CreateAttributeValueAsync(kind, "Foreign");
        var record = await tenant.CreateRecordAsync(feature, account);

        foreach (var reference in (string[])[foreign.Id, "Foreign"])
        {
            var body = Given.Merge(
                new { metadata = new { a = 1 }, attachmentUrls = new[] { "https://files.example/a" } },
                new Dictionary<string, string> { [member] = reference });
            (await tenant.PostRecordAsync(feature, account, body)).ExpectError(404, message);
            (await tenant.PutRecordAsync(feature, record.Id, body)).ExpectError(404, message);
            Assert.Equal("[]", (await tenant.ListRecordsAsync(feature, $"{member}={reference}")).Text);
        }

        Assert.Equal($"[{record.Text}]", (await tenant.ListRecordsAsync(feature)).Text);
    }

    [Fact]
    public async Task Account_WhenRenamed_IsShownByItsNewName()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var records = await CreateAllAsync(tenant, account);

        (await tenant.PutAccountAsync(account, new { name = "Renamed" })).Expect(200);

        foreach (var (feature, id) in records)
        {
            Assert.Equal("Renamed", (await tenant.GetRecordAsync(feature, id)).Text("account"));
        }
    }

    [Fact]
    public async Task Account_WhenDeleted_TakesItsRecordsAlong()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        var (gone, kept) = (await CreateAllAsync(tenant, account), await CreateAllAsync(tenant, other));

        (await tenant.DeleteAccountAsync(account)).Expect(200);

        foreach (var (feature, id) in gone)
        {
            Assert.Equal("[]", (await tenant.ListRecordsAsync(feature, $"accountId={account}")).Text);
            Assert.Equal("[]", (await tenant.ListRecordsAsync(feature, $"{Feature.NounOf(feature)}Id={id}")).Text);
            Assert.Equal([kept[feature]], (await tenant.ListRecordsAsync(feature)).Each("id"));
            (await tenant.PutRecordAsync(feature, id, new { metadata = new { a = 1 } })).ExpectError(404, Feature.NotFoundOf(feature));
            (await tenant.DeleteRecordAsync(feature, id)).ExpectError(404, Feature.NotFoundOf(feature));
            (await tenant.PostRecordAsync(feature, account)).ExpectError(404, "Account not found!");
            (await tenant.UpdateRecordAsync(feature, kept[feature], new { metadata = new { a = 1 } })).Expect(200);
        }

        (await tenant.PostRecordAsync(Feature.Tasks, other, new { activityId = gone[Feature.Activities] }))
            .ExpectError(404, "Account activity not found");
    }

    [Fact]
    public async Task Account_DeletedWhileRecordsAreCreatedAndChanged_LeavesNone()
    {
        var tenant = await server.CreateTenantAsync();
        for (var round = 0; round < 10; round++)
        {
            var account = (await tenant.CreateAccountAsync()).Id;
            var records = await CreateAllAsync(tenant, account);

            var calls = Features.SelectMany(feature => (Task<Answer>[])[
                tenant.PostRecordAsync(feature, account),
                tenant.PutRecordAsync(feature, records[feature], new { attachmentUrls = new[] { "https://files.example/a" } }),
                tenant.PostRecordAsync(feature, account)])
                .Append(tenant.PostRecordAsync(Feature.Tasks, account, new { activityId = records[Feature.Activities] })).ToList();
            calls.Insert(0, tenant.DeleteAccountAsync(account));
            var late = Features.Select(feature => tenant.PostRecordAsync(feature, account));
            var answers = await Task.WhenAll([.. calls, .. late]);

            answers[0].Expect(200);
            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 201 or 404, answer.Text));
            foreach (var feature in Features)
            {
                Assert.Equal("[]", (await tenant.ListRecordsAsync(feature)).Text);
                Assert.Equal("[]", (await tenant.ListRecordsAsync(feature, $"accountId={account}")).Text);
            }

            foreach (var created in answers.Where(answer => (int)answer.Status == 201))
            {
                var feature = created.Json.TryGetProperty("duration", out _) ? Feature.Activities
                    : created.Json.TryGetProperty("content", out _) ? Feature.Notes
                    : Feature.Tasks;
                (await tenant.PutRecordAsync(feature, created.Id, new { metadata = new { a = 1 } }))
                    .ExpectError(404, Feature.NotFoundOf(feature));
            }
        }
    }

    private static async Task<Dictionary<string, string>> CreateAllAsync(Tenant tenant, string accountId)
    {
        var activity = await tenant.CreateRecordAsync(Feature.Activities, accountId);
        return new()
        {
            [Feature.Activities] = activity.Id,
            [Feature.Notes] = (await tenant.CreateRecordAsync(Feature.Notes, accountId)).Id,
            [Feature.Tasks] = (await tenant.CreateRecordAsync(Feature.Tasks, accountId, new { activityId = activity.Id })).Id,
        };
    }
}
