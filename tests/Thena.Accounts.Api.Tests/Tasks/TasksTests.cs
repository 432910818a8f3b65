

namespace Thena.Accounts.Api.Tests.Tasks;

public sealed class TasksTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string AssigneeNotFound = "Assignee not found!";
    private const string ActivityNotFound = "Account activity not found";

    [Fact]
    public async Task Create_WithWhatItNeeds_AnswersEveryMemberInOrderAndNoneNull()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync(new { name = "One" })).Id;

        var task = await tenant.CreateRecordAsync(Feature.Tasks, account);

        string[] ids =
        [
            await tenant.FindAttributeValueIdAsync("task_type", "FOLLOW_UP"),
            await tenant.FindAttributeValueIdAsync("task_status", "PENDING"),
            await tenant.FindAttributeValueIdAsync("task_priority", "LOW"),
        ];
        Assert.Equal(
            $$$"""
            {"id":"{{{task.Id}}}","accountId":"{{{account}}}","account":"One","activityId":"","title":"Call back",
            "description":"","assigneeId":"{{{tenant.User.Id}}}","type":"FOLLOW_UP","typeId":"{{{ids[0]}}}",
            "typeConfiguration":{},"status":"PENDING","statusId":"{{{ids[1]}}}","statusConfiguration":{},"priority":"LOW",
            "priorityId":"{{{ids[2]}}}","priorityConfiguration":{},"attachments":[],"isActive":true,"creator":"Ada Lovelace",
            "creatorId":"{{{tenant.User.Id}}}","creatorEmail":"{{{tenant.User.Email}}}",
            "createdAt":"{{{task.TextOf("createdAt")}}}","updatedAt":"{{{task.TextOf("createdAt")}}}","metadata":{}}
            """.ReplaceLineEndings(""),
            task.Text);
        Assert.Equal($"[{task.Text}]", (await tenant.ListRecordsAsync(Feature.Tasks)).Text);
    }

    [Fact]
    public async Task Create_WithEveryMember_AnswersThemAll()
    {
        var tenant = await server.CreateTenantAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var account = (await tenant.CreateAccountAsync(new { name = "One" })).Id;
        var activity = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id;
        var type = await tenant.CreateAttributeValueAsync("task_type", "Visit", new { icon = "map" });
        var status = await tenant.CreateAttributeValueAsync("task_status", "Done", new { isClosed = true, color = "#112233" });
        var priority = await tenant.CreateAttributeValueAsync("task_priority", "Urgent", new { color = "#FF0000" });

        var task = await colleague.CreateRecordAsync(Feature.Tasks, account, new
        {
            title = " Visit ",
            assigneeId = tenant.User.Id.ToLowerInvariant(),
            activityId = activity,
            description = " first\nsecond ",
            type = "visit",
            status = status.Id,
            priority = " URGENT ",
            attachmentUrls = new[] { "https://files.example/a.pdf" },
            metadata = new { a = 1 },
        });

        var attachment = task["attachments"][0];
        Assert.Equal(
            $$$"""
            {"id":"{{{task.Id}}}","accountId":"{{{account}}}","account":"One","activityId":"{{{activity}}}","title":"Visit",
            "description":" first\nsecond ","assigneeId":"{{{tenant.User.Id}}}","type":"Visit","typeId":"{{{type.Id}}}",
            "typeConfiguration":{"icon":"map"},"status":"Done","statusId":"{{{status.Id}}}",
            "statusConfiguration":{"color":"#112233","isClosed":true},"priority":"Urgent","priorityId":"{{{priority.Id}}}",
            "priorityConfiguration":{"color":"#FF0000"},"attachments":[{"id":"{{{attachment.Text("id")}}}",
            "url":"https://files.example/a.pdf","fileName":"a.pdf","createdAt":"{{{attachment.Text("createdAt")}}}"}],
            "isActive":false,"creator":"Grace Hopper","creatorId":"{{{colleague.User.Id}}}",
            "creatorEmail":"{{{colleague.User.Email}}}","createdAt":"{{{task.TextOf("createdAt")}}}",
            "updatedAt":"{{{task.TextOf("createdAt")}}}","metadata":{"a":1}}
            """.ReplaceLineEndings(""),
            task.Text);
        Assert.Equal($"[{task.Text}]", (await tenant.ListRecordsAsync(Feature.Tasks)).Text);
    }

    [Theory]
    [InlineData("title", "null")]
    [InlineData("title", "\" \"")]
    [InlineData("title", "5")]
    [InlineData("title", "\"a\\u0000b\"")]
    [InlineData("assigneeId", "null")]
    [InlineData("assigneeId", "\"\"")]
    [InlineData("assigneeId", "5")]
    [InlineData("activityId", "5")]
    [InlineData("description", "{}")]
    [InlineData("description", "\"\\u0000\"")]
    [InlineData("type", "1")]
    [InlineData("status", "[]")]
    [InlineData("priority", "false")]
    public async Task Member_ThatIsWrong_IsNamedOnCreateAndUpdate(string member, string value)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account);

        (await tenant.PostRecordAsync(Feature.Tasks, account, Given.Member(member, value))).ExpectProblem(member);
        (await tenant.PutRecordAsync(Feature.Tasks, task.Id, Given.Member(member, value))).ExpectProblem(member);

        Assert.Equal($"[{task.Text}]", (await tenant.ListRecordsAsync(Feature.Tasks)).Text);
    }

    [Fact]
    public async Task Problems_OfManyMembers_AreAllListed()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account);
        const string Wrong =
            """
            {"accountId":1,"title":[],"assigneeId":2,"activityId":3,"description":{},"type":4,"status":5,"priority":6,
            "attachmentUrls":{},"metadata":"x"}
            """;
        string[] members = ["activityId", "assigneeId", "attachmentUrls", "description", "metadata", "priority", "status", "title", "type"];

        Assert.Equal(
            ["accountId", "assigneeId", "title"],
            (await tenant.Client.Post(Feature.PathOf(Feature.Tasks), "{}")).ProblemFields().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["accountId", .. members],
            (await tenant.Client.Post(Feature.PathOf(Feature.Tasks), Wrong)).ProblemFields().Order(StringComparer.Ordinal));
        Assert.Equal(members, (await tenant.PutRecordAsync(Feature.Tasks, task.Id, Wrong)).ProblemFields().Order(StringComparer.Ordinal));
        foreach (var member in (string[])["accountId", "title", "assigneeId"])
        {
            (await tenant.PostRecordAsync(Feature.Tasks, account, Given.Member(member, "null"))).ExpectError(400, $"{member} is required");
        }
    }

    [Theory]
    [InlineData("title", 255)]
    [InlineData("description", 32_768)]
    public async Task Text_LongerThanItsLimit_IsRefused(string member, int limit)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var longest = new string('ü', limit);

        var task = await tenant.CreateRecordAsync(Feature.Tasks, account, Given.Member(member, $"\"{longest}\""));

        Assert.Equal(longest, task.TextOf(member));
        (await tenant.PutRecordAsync(Feature.Tasks, task.Id, Given.Member(member, $"\"{longest}x\""))).ExpectProblem(member);
        (await tenant.PostRecordAsync(Feature.Tasks, account, Given.Member(member, $"\"{longest}x\""))).ExpectProblem(member);
    }

    [Fact]
    public async Task Update_ThatChangesNothing_KeepsUpdatedAt()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        var colleague = await server.CreateColleagueAsync(tenant);
        string[] activities =
        [
            (await tenant.CreateRecordAsync(Feature.Activities, account)).Id,
            (await tenant.CreateRecordAsync(Feature.Activities, account)).Id,
        ];
        object all = new
        {
            title = "T",
            assigneeId = tenant.User.Id,
            activityId = activities[0],
            description = "D",
            type = "REVIEW",
            status = "IN_PROGRESS",
            priority = "HIGH",
            attachmentUrls = new[] { "https://files.example/a" },
            metadata = new { a = 1 },
        };
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account, all);
        await Task.Delay(5, TestContext.Current.CancellationToken);

        foreach (var same in (object[])[
            all, new { }, new { title = " T ", type = "review", activityId = activities[0].ToLowerInvariant() },
            new { accountId = other }, """{"attachmentUrls":null}"""])
        {
            Assert.Equal(task.Text, (await colleague.UpdateRecordAsync(Feature.Tasks, task.Id, same)).Text);
        }

        foreach (var change in (object[])[
            new { title = "U" }, new { assigneeId = colleague.User.Id }, new { activityId = activities[1] },
            new { description = (string?)null }, new { type = "custom" }, new { status = "completed" },
            new { priority = "medium" }, new { attachmentUrls = new[] { "https://files.example/b" } }, new { metadata = (object?)null },
            new { activityId = (string?)null }])
        {
            await tenant.UpdateAndExpectChangeAsync(Feature.Tasks, task.Id, change);
        }

        var last = await tenant.GetRecordAsync(Feature.Tasks, task.Id);
        Assert.Equal(
            [
                account, "", "U", "", colleague.User.Id, "CUSTOM", "COMPLETED", "MEDIUM", "False", tenant.User.Id,
                task.TextOf("createdAt"),
                "{}",
            ],
            (
                (string[])
                [
                    "accountId", "activityId", "title", "description", "assigneeId", "type", "status", "priority", "isActive", "creatorId",
                    "createdAt", "metadata",
                ])
                .Select(member => last.GetProperty(member).ToString()));
        foreach (var member in (string[])["title", "assigneeId", "type", "status", "priority"])
        {
            (await tenant.PutRecordAsync(Feature.Tasks, task.Id, Given.Merge(new { description = "X" }, Given.Member(member, "null"))))
                .ExpectProblem(member);
        }

        Assert.Equal(last.GetRawText(), (await tenant.GetRecordAsync(Feature.Tasks, task.Id)).GetRawText());
    }

    [Fact]
    public async Task AssigneeId_ThatNamesNoUserHere_IsNotFoundAndNothingIsWritten()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var stranger = (await server.CreateTenantAsync()).User.Id;
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account);

        foreach (var unknown in (string[])[stranger, Given.UnknownId, "nonsense", account])
        {
            object body = new { title = "X", assigneeId = unknown, attachmentUrls = new[] { "https://files.example/a" } };
            (await tenant.PostRecordAsync(Feature.Tasks, account, body)).ExpectError(404, AssigneeNotFound);
            (await tenant.PutRecordAsync(Feature.Tasks, task.Id, body)).ExpectError(404, AssigneeNotFound);
        }

        Assert.Equal($"[{task.Text}]", (await tenant.ListRecordsAsync(Feature.Tasks)).Text);
    }

    [Fact]
    public async Task ActivityId_ThatDoesNotFit_IsRefusedAndNothingIsWritten()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var (stranger, foreignAccount) = await server.CreateTenantWithAccountAsync();
        var foreign = (await stranger.CreateRecordAsync(Feature.Activities, foreignAccount)).Id;
        var deleted = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id;
        (await tenant.DeleteRecordAsync(Feature.Activities, deleted)).Expect(200);
        var ofOther = (await tenant.CreateRecordAsync(Feature.Activities, (await tenant.CreateAccountAsync()).Id)).Id;
        var task = await tenant.CreateRecordAsync(
            Feature.Tasks, account, new { activityId = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id });

        foreach (var unknown in (string[])[foreign, deleted, Given.UnknownId, "nonsense", account])
        {
            object body = new { title = "X", activityId = unknown };
            (await tenant.PostRecordAsync(Feature.Tasks, account, body)).ExpectError(404, ActivityNotFound);
            (await tenant.PutRecordAsync(Feature.Tasks, task.Id, body)).ExpectError(404, ActivityNotFound);
        }

        (await tenant.PostRecordAsync(Feature.Tasks, account, new { activityId = ofOther })).ExpectProblem("activityId");
        (await tenant.PutRecordAsync(Feature.Tasks, task.Id, new { title = "X", activityId = ofOther })).ExpectProblem("activityId");
        Assert.Equal($"[{task.Text}]", (await tenant.ListRecordsAsync(Feature.Tasks)).Text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public async Task ActivityId_Cleared_LeavesTheTaskWithoutOne(string empty)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var activity = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id;
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account, new { activityId = activity });

        var cleared = await tenant.UpdateAndExpectChangeAsync(Feature.Tasks, task.Id, Given.Member("activityId", empty));
        Assert.Equal("", cleared.TextOf("activityId"));
        Assert.Equal("", (await tenant.CreateRecordAsync(Feature.Tasks, account, Given.Member("activityId", empty))).TextOf("activityId"));
        Assert.Equal("[]", (await tenant.ListRecordsAsync(Feature.Tasks, $"activityId={activity}")).Text);
    }

    [Fact]
    public async Task IsActive_Always_SaysWhetherTheStatusIsOpen()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var own = (await tenant.CreateAttributeValueAsync("task_status", "Shelved")).Id;
        await tenant.CreateAttributeValueAsync("task_status", "Rejected", new { isClosed = true });
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account);

        foreach (var (status, isActive) in ((string, bool)[])[
            ("COMPLETED", false), ("IN_PROGRESS", true), ("CANCELLED", false), ("PENDING", true), ("rejected", false), (own, true)])
        {
            var updated = await tenant.UpdateAndExpectChangeAsync(Feature.Tasks, task.Id, new { status });
            Assert.Equal(isActive, updated["isActive"].GetBoolean());
            Assert.Equal(isActive, (await tenant.CreateRecordAsync(Feature.Tasks, account, new { status }))["isActive"].GetBoolean());
        }

        foreach (var isClosed in (bool?[])[true, false, true, null])
        {
            (await tenant.PutAttributeValueAsync(own, new { isClosed })).Expect(200);
            Assert.Equal(isClosed != true, (await tenant.GetRecordAsync(Feature.Tasks, task.Id)).GetProperty("isActive").GetBoolean());
        }
    }

    [Fact]
    public async Task Activity_WhenDeleted_LeavesItsTasksWithoutIt()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        string[] activities =
        [
            (await tenant.CreateRecordAsync(Feature.Activities, account)).Id,
            (await tenant.CreateRecordAsync(Feature.Activities, account)).Id,
        ];
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account, new { activityId = activities[0] });
        var (other, alone) = (
            await tenant.CreateRecordAsync(Feature.Tasks, account, new { activityId = activities[1] }),
            await tenant.CreateRecordAsync(Feature.Tasks, account));
        await Task.Delay(5, TestContext.Current.CancellationToken);

        (await tenant.DeleteRecordAsync(Feature.Activities, activities[0])).Expect(200);

        var left = await tenant.GetRecordAsync(Feature.Tasks, task.Id);
        Assert.True(string.CompareOrdinal(left.Text("updatedAt"), task.TextOf("updatedAt")) > 0);
        Assert.Equal(
            task.Text.Replace(activities[0], "", StringComparison.Ordinal).Replace(
                $"\"updatedAt\":\"{task.TextOf("updatedAt")}", $"\"updatedAt\":\"{left.Text("updatedAt")}", StringComparison.Ordinal),
            left.GetRawText());
        Assert.Equal($"[{alone.Text},{other.Text},{left.GetRawText()}]", (await tenant.ListRecordsAsync(Feature.Tasks)).Text);
        Assert.Equal("[]", (await tenant.ListRecordsAsync(Feature.Tasks, $"activityId={activities[0]}")).Text);
    }

    [Fact]
    public async Task Activity_DeletedWhileTasksTakeIt_IsShownByNone()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var settled = await tenant.CreateRecordAsync(Feature.Tasks, account);
        for (var round = 0; round < 15; round++)
        {
            var activityId = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id;
            var answers = await Task.WhenAll(
                tenant.PostRecordAsync(Feature.Tasks, account, new { activityId }),
                tenant.PutRecordAsync(Feature.Tasks, settled.Id, new { activityId }),
                tenant.DeleteRecordAsync(Feature.Activities, activityId),
                tenant.PutRecordAsync(Feature.Tasks, settled.Id, new { title = "X", activityId }),
                tenant.PostRecordAsync(Feature.Tasks, account, new { activityId }));

            answers[2].Expect(200);
            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 201 or 404, answer.Text));
            Assert.DoesNotContain(activityId, (await tenant.ListRecordsAsync(Feature.Tasks, "limit=100")).Text, StringComparison.Ordinal);
            Assert.Equal("[]", (await tenant.ListRecordsAsync(Feature.Tasks, $"activityId={activityId}")).Text);
        }
    }

    [Fact]
    public async Task ManyTasks_ChangedByEverythingAtOnce_NeverFail()
    {
        var tenant = await server.CreateTenantAsync();
        for (var round = 0; round < 6; round++)
        {
            var account = (await tenant.CreateAccountAsync()).Id;
            var activity = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id;
            string[] kinds = ["task_type", "task_status", "task_priority"];
            var values = await Task.WhenAll(kinds.Select(kind => tenant.CreateAttributeValueAsync(kind, $"V{round}")));
            var members = new { activityId = activity, type = values[0].Id, status = values[1].Id, priority = values[2].Id };
            var tasks = await Task.WhenAll(
                Enumerable.Range(0, 30).Select(_ => tenant.CreateRecordAsync(Feature.Tasks, account, members)));
            await Task.WhenAll(
                tasks.Where((_, index) => index % 3 == 0)
                    .Select(task => tenant.UpdateRecordAsync(Feature.Tasks, task.Id, new { title = "Moved" })));

            var answers = await Task.WhenAll([
                .. values.Select(value => tenant.DeleteAttributeValueAsync(value.Id, forceDelete: true)),
                tenant.DeleteRecordAsync(Feature.Activities, activity),
                tenant.DeleteAccountAsync(account),
                .. tasks.Take(6)
                    .Select(task => tenant.PutRecordAsync(Feature.Tasks, task.Id, new { status = "COMPLETED", activityId = activity }))]);

            Assert.All(answers, answer => Assert.True((int)answer.Status is 200 or 404, answer.Text));
            Assert.All(answers.Take(3), answer => answer.Expect(200));
            Assert.Equal("[]", (await tenant.ListRecordsAsync(Feature.Tasks)).Text);
        }
    }

    [Fact]
    public async Task Task_WhenDeleted_LeavesItsActivity()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account);
        var task = await tenant.CreateRecordAsync(Feature.Tasks, account, new { activityId = activity.Id });

        (await tenant.DeleteRecordAsync(Feature.Tasks, task.Id)).Expect(200);

        Assert.Equal($"[{activity.Text}]", (await tenant.ListRecordsAsync(Feature.Activities)).Text);
    }

    [Fact]
    public async Task List_WithFilters_ShowsWhatMatchesNewestFirst()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        var colleague = (await server.CreateUserAsync(tenant.OrganizationId, "Grace")).Id;
        var activity = (await tenant.CreateRecordAsync(Feature.Activities, account)).Id;
        object full = new { status = "COMPLETED", priority = "HIGH", activityId = activity, assigneeId = colleague };
        string[] ids =
        [
            (await tenant.CreateRecordAsync(Feature.Tasks, account, new { activityId = activity })).Id,
            (await tenant.CreateRecordAsync(Feature.Tasks, account, new { type = "REVIEW", assigneeId = colleague })).Id,
            (await tenant.CreateRecordAsync(Feature.Tasks, other, new { type = "REVIEW", status = "COMPLETED", priority = "HIGH" })).Id,
            (await tenant.CreateRecordAsync(Feature.Tasks, account, full)).Id,
        ];
        string[] values =
        [
            await tenant.FindAttributeValueIdAsync("task_type", "REVIEW"),
            await tenant.FindAttributeValueIdAsync("task_status", "COMPLETED"),
            await tenant.FindAttributeValueIdAsync("task_priority", "HIGH"),
        ];

        foreach (var (query, expected) in ((string, int[])[])[
            ("", [3, 2, 1, 0]), ($"accountId={account}", [3, 1, 0]), ($"activityId={activity}", [3, 0]),
            ($"assigneeId={colleague}", [3, 1]), ($"assigneeId={tenant.User.Id}", [2, 0]),
            ("type=rEVIEW", [2, 1]), ($"type={values[0]}", [2, 1]), ("status=completed", [3, 2]), ($"status={values[1]}", [3, 2]),
            ("priority=high", [3, 2]), ($"priority={values[2]}", [3, 2]),
            ($"type=review&status={values[1]}&priority=HIGH&accountId={other}&assigneeId={tenant.User.Id}", [2]),
            ($"activityId={activity}&assigneeId={colleague}&status=completed", [3]),
            ($"activityId={activity}&accountId={other}", []), ($"taskId={ids[1]}", [1]), ($"taskId={ids[1]}&priority=high", []),
            ("limit=1&page=3", [1]), ($"accountId={account}&limit=2&page=2", [0]),
            ("status=REVIEW", []), ($"status={values[0]}", []), ("type=nothing", []), ("status=nothing", []), ("priority=nothing", []),
            ($"accountId={Given.UnknownId}", []), ("accountId=nonsense", []),
            ($"activityId={Given.UnknownId}", []), ("activityId=nonsense", []), ($"assigneeId={Given.UnknownId}", []),
            ("assigneeId=nonsense", []), ($"taskId={Given.UnknownId}", []), ("taskId=nonsense", []),
            ("page=9", [])])
        {
            Assert.Equal(expected.Select(index => ids[index]), (await tenant.ListRecordsAsync(Feature.Tasks, query)).Each("id"));
        }
    }
}
