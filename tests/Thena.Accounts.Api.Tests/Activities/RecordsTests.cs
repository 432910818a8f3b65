using static Thena.Accounts.Api.Tests.Accounts.AccountRequests;
using static Thena.Accounts.Api.Tests.Activities.RecordRequests;

namespace Thena.Accounts.Api.Tests.Activities;

/// <summary>What activities, notes and tasks have in common.</summary>
public sealed class RecordsTests(AccountsServer server) : IClassFixture<AccountsServer>
{
    private static readonly string[] Features = [ActivityRecords, NoteRecords, TaskRecords];

    public static TheoryData<string, string, string, string> References => new()
    {
        { ActivityRecords, "type", "activity_type", "Activity type not found!" },
        { ActivityRecords, "status", "activity_status", "Activity status not found!" },
        { NoteRecords, "type", "note_type", "Note type not found!" },
        { TaskRecords, "type", "task_type", "Task type not found!" },
        { TaskRecords, "status", "task_status", "Task status not found!" },
        { TaskRecords, "priority", "task_priority", "Task priority not found!" },
    };

    [Theory]
    [InlineData(ActivityRecords)]
    [InlineData(NoteRecords)]
    [InlineData(TaskRecords)]
    public async Task Delete_Repeated_IsNotFound(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var kept = await tenant.CreateRecord(feature, account);
        var record = await tenant.CreateRecord(feature, account, new { attachmentUrls = new[] { "https://files.example/a" } });

        Assert.Equal("", (await tenant.DeleteRecord(feature, record.Id)).Expect(200).Text);

        (await tenant.DeleteRecord(feature, record.Id)).ExpectError(404, NotFoundOf(feature));
        (await tenant.PutRecord(feature, record.Id, new { metadata = new { a = 1 } })).ExpectError(404, NotFoundOf(feature));
        (await tenant.RemoveAttachment(feature, record.Id, record["attachments"][0].Text("id"))).ExpectError(404, NotFoundOf(feature));
        Assert.Equal($"[{kept.Text}]", (await tenant.ListRecords(feature)).Text);
        Assert.Equal("[]", (await tenant.ListRecords(feature, $"{NounOf(feature)}Id={record.Id}")).Text);
    }

    [Theory]
    [InlineData(ActivityRecords)]
    [InlineData(NoteRecords)]
    [InlineData(TaskRecords)]
    public async Task Delete_ByManyAtOnceWhileItIsChanged_SucceedsOnce(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        for (var round = 0; round < 5; round++)
        {
            var id = (await tenant.CreateRecord(feature, account)).Id;

            var changes = Enumerable.Range(0, 6).Select(count => tenant.PutRecord(feature, id, new { metadata = new { count } })).ToList();
            var deletions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.DeleteRecord(feature, id)));

            var winner = Assert.Single(deletions, answer => (int)answer.Status == 200);
            Assert.All(deletions.Where(answer => answer != winner), answer => answer.ExpectError(404, NotFoundOf(feature)));
            Assert.All(await Task.WhenAll(changes), answer => Assert.True((int)answer.Status is 200 or 404, answer.Text));
            Assert.Equal("[]", (await tenant.ListRecords(feature)).Text);
        }
    }

    [Theory]
    [InlineData(ActivityRecords, "Activity ID is required!")]
    [InlineData(NoteRecords, "Note ID is required!")]
    [InlineData(TaskRecords, "Task ID is required!")]
    public async Task BlankId_InThePath_IsRequired(string feature, string message)
    {
        var tenant = await server.CreateTenantAsync();

        foreach (var blank in (string[])["%20", "%20%20", "%09"])
        {
            (await tenant.PutRecord(feature, blank, new { })).ExpectError(400, message);
            (await tenant.DeleteRecord(feature, blank)).ExpectError(400, message);
            (await tenant.RemoveAttachment(feature, blank, Given.UnknownId)).ExpectError(400, message);
        }
    }

    [Theory]
    [InlineData(ActivityRecords)]
    [InlineData(NoteRecords)]
    [InlineData(TaskRecords)]
    public async Task Id_ThatNamesNothingHere_IsNotFound(string feature)
    {
        var tenant = await server.CreateTenantAsync();
        var (stranger, account) = await server.CreateTenantWithAccountAsync();
        var record = await stranger.CreateRecord(feature, account, new { attachmentUrls = new[] { "https://files.example/a" } });

        foreach (var id in (string[])[record.Id, Given.UnknownId, "nonsense"])
        {
            (await tenant.PutRecord(feature, id, new { metadata = new { a = 1 } })).ExpectError(404, NotFoundOf(feature));
            (await tenant.DeleteRecord(feature, id)).ExpectError(404, NotFoundOf(feature));
            (await tenant.RemoveAttachment(feature, id, record["attachments"][0].Text("id"))).ExpectError(404, NotFoundOf(feature));
        }

        Assert.Equal("[]", (await tenant.ListRecords(feature)).Text);
        Assert.Equal("[]", (await tenant.ListRecords(feature, $"{NounOf(feature)}Id={record.Id}")).Text);
        Assert.Equal("[]", (await tenant.ListRecords(feature, $"accountId={account}")).Text);
        Assert.Equal($"[{record.Text}]", (await stranger.ListRecords(feature)).Text);
    }

    [Theory]
    [InlineData(ActivityRecords)]
    [InlineData(NoteRecords)]
    [InlineData(TaskRecords)]
    public async Task AccountId_ThatNamesNothingHere_IsNotFound(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var (_, foreign) = await server.CreateTenantWithAccountAsync();
        (await tenant.Client.Delete($"/v1/accounts/{account}")).Expect(200);

        foreach (var id in (string[])[foreign, account, Given.UnknownId, "nonsense", tenant.User.Id])
        {
            (await tenant.PostRecord(feature, id)).ExpectError(404, "Account not found!");
        }

        foreach (var blank in (string[])["", " "])
        {
            (await tenant.PostRecord(feature, blank)).ExpectError(400, "accountId is required");
        }

        Assert.Equal("[]", (await tenant.ListRecords(feature)).Text);
    }

    [Theory]
    [InlineData(ActivityRecords)]
    [InlineData(NoteRecords)]
    [InlineData(TaskRecords)]
    public async Task List_InPages_IsNewestFirst(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        List<string> ids = [];
        for (var count = 0; count < 12; count++)
        {
            ids.Insert(0, (await tenant.CreateRecord(feature, account)).Id);
        }

        (await tenant.ChangeRecord(feature, ids[11], new { metadata = new { a = 1 } })).Expect(200);

        var first = await tenant.ListRecords(feature, "includeTotal=true");
        Assert.Equal(ids[..10], first.Each("id"));
        Assert.Equal("12", first.Headers["X-Total-Count"]);
        Assert.Equal(["first", "last", "next"], first.Links().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(ids[10..], (await tenant.Client.Get(first.Links()["next"])).Expect(200).Each("id"));
        var second = await tenant.ListRecords(feature, $"accountId={account}&limit=5&page=2");
        Assert.Equal(ids[5..10], second.Each("id"));
        Assert.DoesNotContain("X-Total-Count", second.Headers.Keys);
        Assert.Equal(["first", "next", "prev"], second.Links().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(12, (await tenant.ListRecords(feature, "limit=100")).Json.GetArrayLength());
        foreach (
            var query in (string[])
            [
                "page=0", "page=-1", "page=1.5", "page=x", "page=", "limit=0", "limit=101", "limit=1.5", "limit=x", "includeTotal=1",
            ])
        {
            (await tenant.Client.Get($"{PathOf(feature)}?{query}")).ExpectProblem(query.Split('=')[0]);
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
            (await tenant.PutRecord(feature, id, changes)).Expect(400);
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
            var answer = await tenant.Client.Get($"{PathOf(feature)}?{query}");
            Assert.True((int)answer.Status is 400 || answer.Expect(200).Text == "[]", answer.Text);
        }
    }

    [Theory]
    [InlineData(ActivityRecords)]
    [InlineData(NoteRecords)]
    [InlineData(TaskRecords)]
    public async Task Metadata_UpTo64Kilobytes_IsKeptAndReplacedAsAWhole(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var largest = $$"""{"a":"{{new string('x', (64 * 1_024) - 8)}}"}""";

        var record = await tenant.CreateRecord(feature, account, Member("metadata", largest));

        Assert.Equal(largest, record.RawOf("metadata"));
        Assert.Equal("""{"b":2}""", (await tenant.ExpectMoved(feature, record.Id, new { metadata = new { b = 2 } })).RawOf("metadata"));
        foreach (var wrong in (string[])[largest.Replace("\"x", "\"xx", StringComparison.Ordinal), "[]", "\"\"", "5", """{"a":"\u0000"}"""])
        {
            (await tenant.PostRecord(feature, account, Member("metadata", wrong))).Expect(400);
            (await tenant.PutRecord(feature, record.Id, $$"""{"metadata":{{wrong}}}""")).Expect(400);
        }

        Assert.Equal("{}", (await tenant.ExpectMoved(feature, record.Id, Member("metadata", "null"))).RawOf("metadata"));
        Assert.Equal("{}", (await tenant.CreateRecord(feature, account, Member("metadata", "null"))).RawOf("metadata"));
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Value_OfAPickList_IsTheDefaultOrTakenByIdOrValue(string feature, string member, string kind, string message)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var before = (await tenant.FindDefaultAsync(kind))!;
        var own = await tenant.CreateValueAsync(kind, "Own Value", new { icon = "star", color = "#00FF00" });
        var plain = await tenant.CreateRecord(feature, account, Member(member, "null"));

        foreach (var reference in (string[])[own.Id, own.Id.ToLowerInvariant(), "oWN vALUE", " Own Value "])
        {
            var created = await tenant.CreateRecord(feature, account, new Dictionary<string, string> { [member] = reference });
            Assert.Equal(["Own Value", own.Id], [created.TextOf(member), created.TextOf($"{member}Id")]);
            Assert.Equal("""{"icon":"star","color":"#00FF00"}""", created.RawOf($"{member}Configuration"));
            Assert.Equal(
                "Own Value",
                (await tenant.ChangeRecord(feature, plain.Id, new Dictionary<string, string> { [member] = reference })).TextOf(member));
            Assert.Equal(
                before,
                (await tenant.ChangeRecord(feature, plain.Id, new Dictionary<string, string> { [member] = before })).TextOf(member));
        }

        Assert.Equal(before, plain.TextOf(member));
        (await tenant.Client.Put($"/v1/accounts/attributes/{own.Id}", new { isDefault = true, value = "Renamed" })).Expect(200);
        Assert.Equal("Renamed", (await tenant.CreateRecord(feature, account)).TextOf(member));
        Assert.Equal(before, (await tenant.ChangeRecord(feature, plain.Id, new { metadata = new { a = 1 } })).TextOf(member));
        foreach (
            var unknown in (string[])
            [
                "nothing",
                "Own Value",
                Given.UnknownId,
                (await tenant.FindValueAsync("account_status", "ACTIVE")).Text("id"),
                "ACTIVE",
            ])
        {
            (await tenant.PostRecord(feature, account, new Dictionary<string, string> { [member] = unknown })).ExpectError(404, message);
            (await tenant.PutRecord(feature, plain.Id, new Dictionary<string, string> { [member] = unknown })).ExpectError(404, message);
        }

        foreach (var empty in (string[])["null", "\"\"", "\" \""])
        {
            (await tenant.PutRecord(feature, plain.Id, Member(member, empty))).ExpectProblem(member);
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Value_OfAnotherOrganization_IsNotFoundAndNothingIsWritten(string feature, string member, string kind, string message)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var foreign = await (await server.CreateTenantAsync()).CreateValueAsync(kind, "Foreign");
        var record = await tenant.CreateRecord(feature, account);

        foreach (var reference in (string[])[foreign.Id, "Foreign"])
        {
            var body = Given.Merge(
                new { metadata = new { a = 1 }, attachmentUrls = new[] { "https://files.example/a" } },
                new Dictionary<string, string> { [member] = reference });
            (await tenant.PostRecord(feature, account, body)).ExpectError(404, message);
            (await tenant.PutRecord(feature, record.Id, body)).ExpectError(404, message);
            Assert.Equal("[]", (await tenant.ListRecords(feature, $"{member}={reference}")).Text);
        }

        Assert.Equal($"[{record.Text}]", (await tenant.ListRecords(feature)).Text);
    }

    [Fact]
    public async Task Account_WhenRenamed_IsShownByItsNewName()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var records = await CreateAllAsync(tenant, account);

        (await tenant.Client.Put($"/v1/accounts/{account}", new { name = "Renamed" })).Expect(200);

        foreach (var (feature, id) in records)
        {
            Assert.Equal("Renamed", (await tenant.GetRecord(feature, id)).Text("account"));
        }
    }

    [Fact]
    public async Task Account_WhenDeleted_TakesItsRecordsAlong()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        var (gone, kept) = (await CreateAllAsync(tenant, account), await CreateAllAsync(tenant, other));

        (await tenant.Client.Delete($"/v1/accounts/{account}")).Expect(200);

        foreach (var (feature, id) in gone)
        {
            Assert.Equal("[]", (await tenant.ListRecords(feature, $"accountId={account}")).Text);
            Assert.Equal("[]", (await tenant.ListRecords(feature, $"{NounOf(feature)}Id={id}")).Text);
            Assert.Equal([kept[feature]], (await tenant.ListRecords(feature)).Each("id"));
            (await tenant.PutRecord(feature, id, new { metadata = new { a = 1 } })).ExpectError(404, NotFoundOf(feature));
            (await tenant.DeleteRecord(feature, id)).ExpectError(404, NotFoundOf(feature));
            (await tenant.PostRecord(feature, account)).ExpectError(404, "Account not found!");
            (await tenant.ChangeRecord(feature, kept[feature], new { metadata = new { a = 1 } })).Expect(200);
        }

        (await tenant.PostRecord(TaskRecords, other, new { activityId = gone[ActivityRecords] }))
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
                tenant.PostRecord(feature, account), tenant.PutRecord(
                    feature,
                    records[feature],
                    new { attachmentUrls = new[] { "https://files.example/a" } }), tenant.PostRecord(feature, account)])
                .Append(tenant.PostRecord(TaskRecords, account, new { activityId = records[ActivityRecords] })).ToList();
            calls.Insert(0, tenant.Client.Delete($"/v1/accounts/{account}"));
            var late = Features.Select(feature => tenant.PostRecord(feature, account));
            var answers = await Task.WhenAll([.. calls, .. late]);

            answers[0].Expect(200);
            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 201 or 404, answer.Text));
            foreach (var feature in Features)
            {
                Assert.Equal("[]", (await tenant.ListRecords(feature)).Text);
                Assert.Equal("[]", (await tenant.ListRecords(feature, $"accountId={account}")).Text);
            }

            foreach (var created in answers.Where(answer => (int)answer.Status == 201))
            {
                var feature = created.Json.TryGetProperty("duration", out _) ? ActivityRecords
                    : created.Json.TryGetProperty("content", out _) ? NoteRecords
                    : TaskRecords;
                (await tenant.PutRecord(feature, created.Id, new { metadata = new { a = 1 } })).ExpectError(404, NotFoundOf(feature));
            }
        }
    }

    private static async Task<Dictionary<string, string>> CreateAllAsync(Tenant tenant, string accountId)
    {
        var activity = await tenant.CreateRecord(ActivityRecords, accountId);
        return new()
        {
            [ActivityRecords] = activity.Id,
            [NoteRecords] = (await tenant.CreateRecord(NoteRecords, accountId)).Id,
            [TaskRecords] = (await tenant.CreateRecord(TaskRecords, accountId, new { activityId = activity.Id })).Id,
        };
    }
}
