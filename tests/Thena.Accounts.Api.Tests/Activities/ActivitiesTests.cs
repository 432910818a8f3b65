

namespace Thena.Accounts.Api.Tests.Activities;

public sealed class ActivitiesTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string ParticipantNotFound = "Participant not found!";

    [Fact]
    public async Task Create_WithWhatItNeeds_AnswersEveryMemberInOrder()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync(new { name = "One" })).Id;

        var activity = await tenant.CreateRecordAsync(Feature.Activities, account);

        var (type, status) = (
            await tenant.FindAttributeValueAsync("activity_type", "CALL"),
            await tenant.FindAttributeValueAsync("activity_status", "PENDING"));
        Assert.Equal(
            $$$"""
            {"id":"{{{activity.Id}}}","accountId":"{{{account}}}","account":"One",
            "activityTimestamp":"2023-12-07T10:30:00.000Z","duration":45,"location":"Zoom","title":null,"description":null,
            "type":"CALL","typeId":"{{{type.Text("id")}}}","typeConfiguration":{},"status":"PENDING",
            "statusId":"{{{status.Text("id")}}}","statusConfiguration":{},"participants":[],"creator":"Ada Lovelace",
            "creatorId":"{{{tenant.User.Id}}}","creatorEmail":"{{{tenant.User.Email}}}","attachments":[],
            "createdAt":"{{{activity.TextOf("createdAt")}}}","updatedAt":"{{{activity.TextOf("createdAt")}}}","metadata":{}}
            """.ReplaceLineEndings(""),
            activity.Text);
        Assert.Equal($"[{activity.Text}]", (await tenant.ListRecordsAsync(Feature.Activities)).Text);
    }

    [Fact]
    public async Task Create_WithEveryMember_AnswersThemAll()
    {
        var tenant = await server.CreateTenantAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var account = (await tenant.CreateAccountAsync(new { name = "One" })).Id;
        var type = await tenant.CreateAttributeValueAsync("activity_type", "Lunch", new { icon = "cake", color = "#112233" });
        var status = await tenant.CreateAttributeValueAsync("activity_status", "Held", new { color = "#445566" });

        var activity = await colleague.CreateRecordAsync(Feature.Activities, account, new
        {
            activityTimestamp = "2024-02-29T23:30:00.5-01:00",
            duration = 0,
            location = " Café ",
            title = " Lunch ",
            description = " first\nsecond ",
            type = type.Id,
            status = " hELD ",
            participants = new[] { colleague.User.Id, tenant.User.Id },
            attachmentUrls = new[] { "https://files.example/a.pdf" },
            metadata = new { a = 1 },
        });

        var attachment = activity["attachments"][0];
        Assert.Equal(
            $$$"""
            {"id":"{{{activity.Id}}}","accountId":"{{{account}}}","account":"One",
            "activityTimestamp":"2024-03-01T00:30:00.500Z","duration":0,"location":"Café","title":"Lunch",
            "description":" first\nsecond ","type":"Lunch","typeId":"{{{type.Id}}}","typeConfiguration":{"icon":"cake",
            "color":"#112233"},"status":"Held","statusId":"{{{status.Id}}}","statusConfiguration":{"color":"#445566"},
            "participants":["{{{colleague.User.Id}}}","{{{tenant.User.Id}}}"],"creator":"Grace Hopper",
            "creatorId":"{{{colleague.User.Id}}}","creatorEmail":"{{{colleague.User.Email}}}",
            "attachments":[{"id":"{{{attachment.Text("id")}}}","url":"https://files.example/a.pdf","fileName":"a.pdf",
            "createdAt":"{{{attachment.Text("createdAt")}}}"}],"createdAt":"{{{activity.TextOf("createdAt")}}}",
            "updatedAt":"{{{activity.TextOf("createdAt")}}}","metadata":{"a":1}}
            """.ReplaceLineEndings(""),
            activity.Text);
        Assert.Equal($"[{activity.Text}]", (await tenant.ListRecordsAsync(Feature.Activities)).Text);
    }

    [Theory]
    [InlineData("2023-12-07T10:30:00Z", "2023-12-07T10:30:00.000Z")]
    [InlineData("2023-12-07T10:30Z", "2023-12-07T10:30:00.000Z")]
    [InlineData("2023-12-07T10:30:00+02:00", "2023-12-07T08:30:00.000Z")]
    [InlineData("2023-12-31T23:59:59.1-05:30", "2024-01-01T05:29:59.100Z")]
    [InlineData("2023-12-07T10:30:00.1239999Z", "2023-12-07T10:30:00.123Z")]
    [InlineData("2023-12-07T10:30:00.123456789+00:00", "2023-12-07T10:30:00.123Z")]
    [InlineData("2024-02-29T00:00:00-00:00", "2024-02-29T00:00:00.000Z")]
    [InlineData("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z")]
    [InlineData("0001-01-02T00:00:00Z", "0001-01-02T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("2023-12-07T10:30:00+14:00", "2023-12-06T20:30:00.000Z")]
    public async Task ActivityTimestamp_WithAnOffset_IsAnsweredInUtc(string written, string answered)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var body = Given.Member("activityTimestamp", $"\"{written}\"");

        var created = await tenant.CreateRecordAsync(Feature.Activities, account, body);
        var other = await tenant.CreateRecordAsync(Feature.Activities, account, new { activityTimestamp = "2020-01-01T00:00:00Z" });

        Assert.Equal(answered, created.TextOf("activityTimestamp"));
        Assert.Equal(answered, (await tenant.GetRecordAsync(Feature.Activities, created.Id)).Text("activityTimestamp"));
        Assert.Equal(answered, (await tenant.UpdateAndExpectChangeAsync(Feature.Activities, other.Id, body)).TextOf("activityTimestamp"));
    }

    [Theory]
    [InlineData("\"2023-12-07\"")]
    [InlineData("\"2023-12-07T10:30:00\"")]
    [InlineData("\"2023-12-07 10:30:00Z\"")]
    [InlineData("\"10:30:00Z\"")]
    [InlineData("\"0000-01-01T00:00:00Z\"")]
    [InlineData("\"10000-01-01T00:00:00Z\"")]
    [InlineData("\"+010000-01-01T00:00:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00+01:00\"")]
    [InlineData("\"9999-12-31T23:59:59-01:00\"")]
    [InlineData("\"2016-12-31T23:59:60Z\"")]
    [InlineData("\"2023-12-07T25:00:00Z\"")]
    [InlineData("\"2023-12-07T24:00:00Z\"")]
    [InlineData("\"2023-12-07T10:60:00Z\"")]
    [InlineData("\"2023-02-29T10:30:00Z\"")]
    [InlineData("\"2023-13-01T10:30:00Z\"")]
    [InlineData("\"2023-12-07T10:30:00+25:00\"")]
    [InlineData("\"2023-12-07T10:30:00.Z\"")]
    [InlineData("\"2023-12-07T10:30:00Z\\n\"")]
    [InlineData("\"٢٠٢٣-12-07T10:30:00Z\"")]
    [InlineData("\"07/12/2023 10:30\"")]
    [InlineData("\"now\"")]
    [InlineData("\"\"")]
    [InlineData("1701945000000")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task ActivityTimestamp_ThatIsNoInstant_IsRefused(string written)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account);

        (await tenant.PostRecordAsync(Feature.Activities, account, Given.Member("activityTimestamp", written)))
            .ExpectProblem("activityTimestamp");
        (await tenant.PutRecordAsync(Feature.Activities, activity.Id, Given.Member("activityTimestamp", written)))
            .ExpectProblem("activityTimestamp");

        Assert.Equal($"[{activity.Text}]", (await tenant.ListRecordsAsync(Feature.Activities)).Text);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("45.0", 45)]
    [InlineData("2147483647", int.MaxValue)]
    public async Task Duration_ThatIsAWholeNumber_IsKept(string written, int answered)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var body = Given.Member("duration", written);

        var created = await tenant.CreateRecordAsync(Feature.Activities, account, body);
        var other = await tenant.CreateRecordAsync(Feature.Activities, account, new { duration = 7 });

        Assert.Equal(answered, created["duration"].GetInt32());
        Assert.Equal(answered, (await tenant.UpdateAndExpectChangeAsync(Feature.Activities, other.Id, body))["duration"].GetInt32());
    }

    [Theory]
    [InlineData("duration", "-1")]
    [InlineData("duration", "1.5")]
    [InlineData("duration", "\"5\"")]
    [InlineData("duration", "\"\"")]
    [InlineData("duration", "2147483648")]
    [InlineData("duration", "null")]
    [InlineData("location", "null")]
    [InlineData("location", "\" \"")]
    [InlineData("location", "5")]
    [InlineData("location", "\"a\\u0000b\"")]
    [InlineData("title", "5")]
    [InlineData("title", "\"\\u0000\"")]
    [InlineData("description", "[]")]
    [InlineData("description", "\"a\\u0000\"")]
    [InlineData("type", "{}")]
    [InlineData("type", "\"\\u0000\"")]
    [InlineData("status", "true")]
    [InlineData("participants", "\"x\"")]
    [InlineData("participants", "\"\"")]
    [InlineData("participants", "{}")]
    [InlineData("participants", "[null]", "participants[0]")]
    [InlineData("participants", "[5]", "participants[0]")]
    [InlineData("participants", "[\"\\u0000\"]", "participants[0]")]
    public async Task Member_ThatIsWrong_IsNamedOnCreateAndUpdate(string member, string value, string? field = null)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account);

        (await tenant.PostRecordAsync(Feature.Activities, account, Given.Member(member, value))).ExpectProblem(field ?? member);
        (await tenant.PutRecordAsync(Feature.Activities, activity.Id, Given.Member(member, value))).ExpectProblem(field ?? member);

        Assert.Equal($"[{activity.Text}]", (await tenant.ListRecordsAsync(Feature.Activities)).Text);
    }

    [Fact]
    public async Task WrongTypes_OfManyMembers_AreAllListed()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account);
        const string Wrong =
            """
            {"activityTimestamp":5,"duration":"5","location":{},"title":[],"description":1,"type":2,"status":3,
            "participants":{},"attachmentUrls":"x","metadata":[]}
            """;
        string[] members =
        [
            "activityTimestamp", "attachmentUrls", "description", "duration", "location", "metadata", "participants", "status", "title",
            "type",
        ];

        Assert.Equal(
            ["accountId", .. members],
            (await tenant.Client.Post(Feature.PathOf(Feature.Activities), $"{{\"accountId\":5,{Wrong.Trim()[1..]}"))
                .ProblemFields()
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            members, (await tenant.PutRecordAsync(Feature.Activities, activity.Id, Wrong)).ProblemFields().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("accountId")]
    [InlineData("activityTimestamp")]
    [InlineData("duration")]
    [InlineData("location")]
    public async Task Create_WithoutWhatItNeeds_NamesIt(string member)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var body = Given.Record(tenant, Feature.Activities, account);
        body.Remove(member);

        (await tenant.Client.Post(Feature.PathOf(Feature.Activities), body))
            .ExpectProblem(member)
            .ExpectError(400, $"{member} is required");
        (await tenant.PostRecordAsync(Feature.Activities, account, Given.Member(member, "null"))).ExpectError(400, $"{member} is required");

        Assert.Equal("[]", (await tenant.ListRecordsAsync(Feature.Activities)).Text);
    }

    [Fact]
    public async Task Create_WithNothing_ListsAllItNeeds()
    {
        var tenant = await server.CreateTenantAsync();

        Assert.Equal(
            ["accountId", "activityTimestamp", "duration", "location"],
            (await tenant.Client.Post(Feature.PathOf(Feature.Activities), "{}")).ProblemFields().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("location", 255)]
    [InlineData("title", 255)]
    [InlineData("description", 32_768)]
    public async Task Text_LongerThanItsLimit_IsRefused(string member, int limit)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var (longest, tooLong) = (new string('ü', limit), new string('ü', limit + 1));

        var activity = await tenant.CreateRecordAsync(Feature.Activities, account, Given.Member(member, $"\"{longest}\""));

        Assert.Equal(longest, activity.TextOf(member));
        (await tenant.PutRecordAsync(Feature.Activities, activity.Id, Given.Member(member, $"\"{tooLong}\""))).ExpectProblem(member);
        (await tenant.PostRecordAsync(Feature.Activities, account, Given.Member(member, $"\"{tooLong}\""))).ExpectProblem(member);
    }

    [Fact]
    public async Task Update_OfEveryMember_ChangesThemAndNullClears()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account);

        var changed = await tenant.UpdateAndExpectChangeAsync(Feature.Activities, activity.Id, new
        {
            accountId = other,
            activityTimestamp = "2025-01-01T00:00:00Z",
            duration = 5,
            location = "Here",
            title = "T",
            description = "D",
            type = "meeting",
            status = "completed",
            participants = new[] { tenant.User.Id },
            metadata = new { a = 1 },
        });

        Assert.Equal(
            [
                account, "2025-01-01T00:00:00.000Z", "5", "Here", "T", "D", "MEETING", "COMPLETED", $"[\"{tenant.User.Id}\"]",
                """{"a":1}""", activity.TextOf("createdAt"),
            ],
            (
                (string[])
                [
                    "accountId", "activityTimestamp", "duration", "location", "title", "description", "type", "status", "participants",
                    "metadata", "createdAt",
                ]).Select(member => changed[member].ToString()));
        Assert.Equal(changed.Text, (await tenant.GetRecordAsync(Feature.Activities, activity.Id)).GetRawText());

        var cleared = await tenant.UpdateAndExpectChangeAsync(
            Feature.Activities,
            activity.Id,
            """{"title":null,"description":null,"participants":null,"metadata":null,"attachmentUrls":null}""");

        Assert.Equal(["null", "null", "[]", "{}"], ((string[])["title", "description", "participants", "metadata"]).Select(cleared.RawOf));
        Assert.Equal(["MEETING", "COMPLETED", "Here"], [cleared.TextOf("type"), cleared.TextOf("status"), cleared.TextOf("location")]);
    }

    [Theory]
    [InlineData("activityTimestamp")]
    [InlineData("duration")]
    [InlineData("location")]
    [InlineData("type")]
    [InlineData("status")]
    public async Task Update_OfWhatCannotBeEmptyToNull_IsRefused(string member)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account);

        (await tenant.PutRecordAsync(Feature.Activities, activity.Id, Given.Merge(new { title = "X" }, Given.Member(member, "null"))))
            .ExpectProblem(member);

        Assert.Equal($"[{activity.Text}]", (await tenant.ListRecordsAsync(Feature.Activities)).Text);
    }

    [Fact]
    public async Task Update_ThatChangesNothing_KeepsUpdatedAt()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        object all = new
        {
            activityTimestamp = "2023-12-07T10:30:00.1234567Z",
            duration = 45,
            location = "Zoom",
            title = "T",
            description = "D",
            type = "EMAIL",
            status = "COMPLETED",
            participants = new[] { tenant.User.Id, colleague.User.Id },
            attachmentUrls = new[] { "https://files.example/a" },
            metadata = new { a = 1 },
        };
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account, all);
        await Task.Delay(5, TestContext.Current.CancellationToken);

        foreach (var same in (object[])[
            all,
            new { },
            new
            {
                activityTimestamp = "2023-12-07T11:30:00.123+01:00",
                location = " Zoom ",
                title = "T ",
                type = " email",
                duration = 45.0,
            },
            new { participants = new[] { tenant.User.Id, colleague.User.Id.ToLowerInvariant(), tenant.User.Id } },
            """{"metadata":{ "a": 1 }}""",
            new { accountId = Given.UnknownId }])
        {
            Assert.Equal(activity.Text, (await colleague.UpdateRecordAsync(Feature.Activities, activity.Id, same)).Text);
        }

        foreach (var change in (object[])[
            new { participants = new[] { colleague.User.Id, tenant.User.Id } }, new { participants = new[] { colleague.User.Id } },
            new { participants = Array.Empty<string>() },
            new { attachmentUrls = new[] { "https://files.example/b" } }, new { duration = 46 }, new { description = "" },
            new { metadata = new { } }, new { status = "PENDING" }])
        {
            await tenant.UpdateAndExpectChangeAsync(Feature.Activities, activity.Id, change);
        }

        var last = await tenant.GetRecordAsync(Feature.Activities, activity.Id);
        Assert.Equal([activity.TextOf("createdAt"), tenant.User.Id], [last.Text("createdAt"), last.Text("creatorId")]);
    }

    [Fact]
    public async Task Participants_OnCreateAndUpdate_AreKeptOnceInTheOrderGivenAndReplaced()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var users = new List<string> { tenant.User.Id };
        for (var count = 1; count < 5; count++)
        {
            users.Add((await server.CreateUserAsync(tenant.OrganizationId, $"User {count}")).Id);
        }

        var activity = await tenant.CreateRecordAsync(
            Feature.Activities, account, new { participants = new[] { users[2], users[0], users[2].ToLowerInvariant(), users[1] } });
        Assert.Equal([users[2], users[0], users[1]], activity.Json.Items("participants"));

        foreach (var order in (int[][])[[0, 1, 2], [2, 1, 0], [3, 1], [4, 3, 2, 1, 0], [], [1]])
        {
            string[] expected = [.. order.Select(index => users[index])];
            Assert.Equal(
                expected,
                (await tenant.UpdateRecordAsync(Feature.Activities, activity.Id, new { participants = expected.Concat(expected) }))
                    .Json.Items("participants"));
            Assert.Equal(expected, (await tenant.GetRecordAsync(Feature.Activities, activity.Id)).Items("participants"));
        }

        Assert.Equal(
            [users[1]],
            (await tenant.UpdateRecordAsync(Feature.Activities, activity.Id, new { title = "X" })).Json.Items("participants"));
    }

    [Fact]
    public async Task Participants_OfAnotherOrganization_AreNotFoundAndNothingIsWritten()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var stranger = (await server.CreateTenantAsync()).User.Id;
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account, new { participants = new[] { tenant.User.Id } });

        foreach (var unknown in (string[])[stranger, Given.UnknownId, "nonsense", "", account])
        {
            object body = new
            {
                title = "X",
                participants = new[] { tenant.User.Id, unknown },
                attachmentUrls = new[] { "https://files.example/a" },
            };
            (await tenant.PostRecordAsync(Feature.Activities, account, body)).ExpectError(404, ParticipantNotFound);
            (await tenant.PutRecordAsync(Feature.Activities, activity.Id, body)).ExpectError(404, ParticipantNotFound);
        }

        Assert.Equal($"[{activity.Text}]", (await tenant.ListRecordsAsync(Feature.Activities)).Text);
    }

    [Fact]
    public async Task Participants_BeyondAThousand_AreRefused()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();

        (await tenant.PostRecordAsync(Feature.Activities, account, new { participants = Enumerable.Repeat(tenant.User.Id, 1_001) }))
            .ExpectProblem("participants");
        Assert.Equal(
            [tenant.User.Id],
            (await tenant.CreateRecordAsync(Feature.Activities, account, new { participants = Enumerable.Repeat(tenant.User.Id, 1_000) }))
                .Json.Items("participants"));
    }

    [Fact]
    public async Task Participants_ReplacedByManyAtOnce_AreThoseOfOne()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var third = await server.CreateUserAsync(tenant.OrganizationId, "Third");
        string[][] given =
        [
            [tenant.User.Id],
            [colleague.User.Id, tenant.User.Id],
            [third.Id, colleague.User.Id],
            [tenant.User.Id, third.Id, colleague.User.Id],
            [],
        ];
        var activity = await tenant.CreateRecordAsync(Feature.Activities, account);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 30)
                .Select(call => tenant.PutRecordAsync(Feature.Activities, activity.Id, new { participants = given[call % given.Length] })));

        Assert.All(
            answers.Index(), call => Assert.Equal(given[call.Index % given.Length], call.Item.Expect(200).Json.Items("participants")));
        Assert.Contains((await tenant.GetRecordAsync(Feature.Activities, activity.Id)).Items("participants"), given);
    }

    [Fact]
    public async Task List_WithFilters_ShowsWhatMatchesNewestFirst()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        object old = new { type = "EMAIL", status = "COMPLETED", activityTimestamp = "2000-01-01T00:00:00Z" };
        string[] ids =
        [
            (await tenant.CreateRecordAsync(Feature.Activities, account)).Id,
            (await tenant.CreateRecordAsync(Feature.Activities, account, new { type = "EMAIL" })).Id,
            (await tenant.CreateRecordAsync(Feature.Activities, other, old)).Id,
            (await tenant.CreateRecordAsync(Feature.Activities, account, new { status = "COMPLETED" })).Id,
        ];
        var (email, completed) = (
            await tenant.FindAttributeValueIdAsync("activity_type", "EMAIL"),
            await tenant.FindAttributeValueIdAsync("activity_status", "COMPLETED"));

        foreach (var (query, expected) in ((string, int[])[])[
            ("", [3, 2, 1, 0]), ($"accountId={account}", [3, 1, 0]),
            ($"accountId={account.ToLowerInvariant()}", [3, 1, 0]),
            ("type=eMail", [2, 1]), ($"type={email}", [2, 1]), ("type=%20EMAIL%20", [2, 1]),
            ("status=completed", [3, 2]), ($"status={completed}", [3, 2]), ($"type=email&status={completed}", [2]),
            ($"type=email&accountId={account}", [1]),
            ($"accountId={other}&type=EMAIL&status=COMPLETED", [2]), ($"activityId={ids[1]}", [1]),
            ($"activityId={ids[1]}&accountId={other}", []), ("limit=1&page=2.0", [2]), ("limit=3&page=2", [0]),
            ($"limit=1&page=2&accountId={account}", [1]), ($"type={completed}", []), ("type=COMPLETED", []), ("status=nothing", []),
            ("type=nothing", []), ($"status={Given.UnknownId}", []),
            ($"accountId={Given.UnknownId}", []), ("accountId=nonsense", []),
            ($"activityId={Given.UnknownId}", []), ("activityId=nonsense", []), ("page=9", [])])
        {
            Assert.Equal(expected.Select(index => ids[index]), (await tenant.ListRecordsAsync(Feature.Activities, query)).Each("id"));
        }
    }
}
