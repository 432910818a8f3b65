
namespace Thena.Accounts.Api.Tests.Notes;

public sealed class NotesTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string NotFound = "Account note not found";
    private const string FileUrl = "https://files.example/a.pdf";

    [Fact]
    public async Task Create_WithWhatItNeeds_AnswersEveryMemberInOrderAndNoneNull()
    {
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync(new { name = "One" })).Id;

        var note = await tenant.CreateRecordAsync(Feature.Notes, account);

        var type = await tenant.FindAttributeValueAsync("note_type", "GENERAL");
        Assert.Equal(
            $$$"""
            {"id":"{{{note.Id}}}","accountId":"{{{account}}}","account":"One","content":"Wants more seats.","type":"GENERAL",
            "typeId":"{{{type.Text("id")}}}","typeConfiguration":{},"visibility":"public","attachments":[],
            "author":"Ada Lovelace","authorId":"{{{tenant.User.Id}}}","authorEmail":"{{{tenant.User.Email}}}",
            "createdAt":"{{{note.TextOf("createdAt")}}}","updatedAt":"{{{note.TextOf("createdAt")}}}","metadata":{}}
            """.ReplaceLineEndings(""),
            note.Text);
        Assert.Equal($"[{note.Text}]", (await tenant.ListRecordsAsync(Feature.Notes)).Text);
    }

    [Fact]
    public async Task Create_WithEveryMember_AnswersThemAll()
    {
        var tenant = await server.CreateTenantAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var account = (await tenant.CreateAccountAsync(new { name = "One" })).Id;
        var type = await tenant.CreateAttributeValueAsync("note_type", "Idea", new { icon = "bulb" });

        var note = await colleague.CreateRecordAsync(
            Feature.Notes,
            account,
            new
            {
                content = " first\n second ",
                type = "idea",
                visibility = "TEAM",
                attachmentUrls = new[] { FileUrl },
                metadata = new { a = 1 },
            });

        var attachment = note["attachments"][0];
        Assert.Equal(
            $$$"""
            {"id":"{{{note.Id}}}","accountId":"{{{account}}}","account":"One","content":" first\n second ","type":"Idea",
            "typeId":"{{{type.Id}}}","typeConfiguration":{"icon":"bulb"},"visibility":"team",
            "attachments":[{"id":"{{{attachment.Text("id")}}}","url":"{{{FileUrl}}}","fileName":"a.pdf",
            "createdAt":"{{{attachment.Text("createdAt")}}}"}],"author":"Grace Hopper","authorId":"{{{colleague.User.Id}}}",
            "authorEmail":"{{{colleague.User.Email}}}","createdAt":"{{{note.TextOf("createdAt")}}}",
            "updatedAt":"{{{note.TextOf("createdAt")}}}","metadata":{"a":1}}
            """.ReplaceLineEndings(""),
            note.Text);
        Assert.Equal($"[{note.Text}]", (await tenant.ListRecordsAsync(Feature.Notes)).Text);
    }

    [Theory]
    [InlineData("content", "null")]
    [InlineData("content", "\"\"")]
    [InlineData("content", "\" \\n \"")]
    [InlineData("content", "5")]
    [InlineData("content", "\"a\\u0000b\"")]
    [InlineData("type", "5")]
    [InlineData("visibility", "5")]
    [InlineData("visibility", "\"secret\"")]
    [InlineData("visibility", "\"private,public\"")]
    public async Task Member_ThatIsWrong_IsNamedOnCreateAndUpdate(string member, string value)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var note = await tenant.CreateRecordAsync(Feature.Notes, account);

        (await tenant.PostRecordAsync(Feature.Notes, account, Given.Member(member, value))).ExpectProblem(member);
        (await tenant.PutRecordAsync(Feature.Notes, note.Id, Given.Member(member, value))).ExpectProblem(member);

        Assert.Equal($"[{note.Text}]", (await tenant.ListRecordsAsync(Feature.Notes)).Text);
    }

    [Fact]
    public async Task Problems_OfManyMembers_AreAllListed()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var note = await tenant.CreateRecordAsync(Feature.Notes, account);
        const string Wrong = """{"accountId":1,"content":[],"type":2,"visibility":3,"attachmentUrls":{},"metadata":"x"}""";

        Assert.Equal(
            ["accountId", "content"],
            (await tenant.Client.Post(Feature.PathOf(Feature.Notes), "{}")).ProblemFields().Order(StringComparer.Ordinal));
        (await tenant.Client.Post(Feature.PathOf(Feature.Notes), new { accountId = account })).ExpectError(400, "content is required");
        (await tenant.Client.Post(Feature.PathOf(Feature.Notes), new { content = "x" })).ExpectError(400, "accountId is required");
        Assert.Equal(
            ["accountId", "attachmentUrls", "content", "metadata", "type", "visibility"],
            (await tenant.Client.Post(Feature.PathOf(Feature.Notes), Wrong)).ProblemFields().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["attachmentUrls", "content", "metadata", "type", "visibility"],
            (await tenant.PutRecordAsync(Feature.Notes, note.Id, Wrong)).ProblemFields().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Content_UpTo32768Characters_IsKept()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var longest = new string('ü', 32_768);

        var note = await tenant.CreateRecordAsync(Feature.Notes, account, new { content = longest });

        Assert.Equal(longest, note.TextOf("content"));
        (await tenant.PostRecordAsync(Feature.Notes, account, new { content = longest + "x" })).ExpectProblem("content");
        (await tenant.PutRecordAsync(Feature.Notes, note.Id, new { content = longest + "x" })).ExpectProblem("content");
        Assert.Equal("x", (await tenant.UpdateRecordAsync(Feature.Notes, note.Id, new { content = "x" })).TextOf("content"));
    }

    [Fact]
    public async Task Update_ThatChangesNothing_KeepsUpdatedAt()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        object all = new
        {
            content = "C",
            type = "GENERAL",
            visibility = "team",
            attachmentUrls = new[] { FileUrl },
            metadata = new { a = 1 },
        };
        var note = await tenant.CreateRecordAsync(Feature.Notes, account, all);
        await tenant.CreateAttributeValueAsync("note_type", "Idea");
        await Task.Delay(5, TestContext.Current.CancellationToken);

        foreach (var same in (object[])[
            all, new { }, new { visibility = "TEAM", type = "general" }, new { accountId = Given.UnknownId },
            """{"attachmentUrls":null}"""])
        {
            Assert.Equal(note.Text, (await colleague.UpdateRecordAsync(Feature.Notes, note.Id, same)).Text);
        }

        foreach (var change in (object[])[
            new { content = "D" }, new { visibility = "Public" }, new { type = "idea" },
            new { attachmentUrls = new[] { FileUrl, $"{FileUrl}2" } }, new { metadata = new { } }])
        {
            await colleague.UpdateAndExpectChangeAsync(Feature.Notes, note.Id, change);
        }

        var last = await tenant.GetRecordAsync(Feature.Notes, note.Id);
        Assert.Equal(
            [account, tenant.User.Id, "D", "public", "Idea", note.TextOf("createdAt")],
            last.Texts("accountId", "authorId", "content", "visibility", "type", "createdAt"));
        foreach (var member in (string[])["content", "type", "visibility"])
        {
            var change = Given.Merge(new { metadata = new { b = 1 } }, Given.Member(member, "null"));
            (await tenant.PutRecordAsync(Feature.Notes, note.Id, change)).ExpectProblem(member);
        }

        Assert.Equal(last.GetRawText(), (await tenant.GetRecordAsync(Feature.Notes, note.Id)).GetRawText());
    }

    [Theory]
    [InlineData("null", "public")]
    [InlineData("\"public\"", "public")]
    [InlineData("\"PUBLIC\"", "public")]
    [InlineData("\"Team\"", "team")]
    [InlineData("\"tEAM\"", "team")]
    [InlineData("\"Private\"", "private")]
    [InlineData("\"PRIVATE\"", "private")]
    public async Task Visibility_InAnyCase_IsWrittenInLowerCaseAndDecidesWhoSeesIt(string written, string answered)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);

        var note = await tenant.CreateRecordAsync(Feature.Notes, account, Given.Member("visibility", written));

        Assert.Equal(answered, note.TextOf("visibility"));
        Assert.Equal($"[{note.Text}]", (await tenant.ListRecordsAsync(Feature.Notes)).Text);
        Assert.Equal(answered == "private" ? "[]" : $"[{note.Text}]", (await colleague.ListRecordsAsync(Feature.Notes)).Text);
    }

    [Fact]
    public async Task PrivateNote_ForAnotherUser_DoesNotExist()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var shown = await tenant.CreateRecordAsync(Feature.Notes, account);
        var note = await tenant.CreateRecordAsync(
            Feature.Notes, account, new { visibility = "private", attachmentUrls = new[] { FileUrl } });

        foreach (
            var query in (string[])
            [
                "", $"accountId={account}", "type=general", "limit=1", $"noteId={note.Id}",
                $"noteId={note.Id}&accountId={account}&type=GENERAL",
            ])
        {
            var list = await colleague.ListRecordsAsync(Feature.Notes, $"includeTotal=true&{query}");
            Assert.Equal(query.StartsWith("noteId", StringComparison.Ordinal) ? "[]" : $"[{shown.Text}]", list.Text);
            Assert.Equal(query.StartsWith("noteId", StringComparison.Ordinal) ? "0" : "1", list.Headers["X-Total-Count"]);
            Assert.DoesNotContain("next", list.Links().Keys);
        }

        (
            await colleague.PutRecordAsync(
                Feature.Notes,
                note.Id,
                new { content = "X", visibility = "public", attachmentUrls = new[] { $"{FileUrl}2" } })).ExpectError(404, NotFound);
        (await colleague.PutRecordAsync(Feature.Notes, note.Id, new { type = "nothing" })).ExpectError(404, NotFound);
        (await colleague.PutRecordAsync(Feature.Notes, note.Id, new { })).ExpectError(404, NotFound);
        (await colleague.DeleteAttachmentAsync(Feature.Notes, note.Id, note["attachments"][0].Text("id"))).ExpectError(404, NotFound);
        (await colleague.DeleteRecordAsync(Feature.Notes, note.Id)).ExpectError(404, NotFound);
        Assert.Equal($"[{note.Text},{shown.Text}]", (await tenant.ListRecordsAsync(Feature.Notes)).Text);
    }

    [Fact]
    public async Task PrivateNote_ForAnotherKeyOfItsAuthor_Exists()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var note = await tenant.CreateRecordAsync(
            Feature.Notes, account, new { visibility = "private", attachmentUrls = new[] { FileUrl } });
        var again = tenant with { Client = server.CreateClient((await server.CreateKeyAsync(tenant.User.Id)).Key) };

        Assert.Equal($"[{note.Text}]", (await again.ListRecordsAsync(Feature.Notes)).Text);
        Assert.Equal("X", (await again.UpdateRecordAsync(Feature.Notes, note.Id, new { content = "X" })).TextOf("content"));
        (await again.DeleteAttachmentAsync(Feature.Notes, note.Id, note["attachments"][0].Text("id"))).Expect(200);
        (await again.DeleteRecordAsync(Feature.Notes, note.Id)).Expect(200);
        Assert.Equal("[]", (await tenant.ListRecordsAsync(Feature.Notes)).Text);
    }

    [Fact]
    public async Task Visibility_Changed_HidesAndShowsTheNote()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var note = await tenant.CreateRecordAsync(Feature.Notes, account);

        await tenant.UpdateAndExpectChangeAsync(Feature.Notes, note.Id, new { visibility = "PRIVATE" });
        Assert.Equal("[]", (await colleague.ListRecordsAsync(Feature.Notes)).Text);
        (await colleague.PutRecordAsync(Feature.Notes, note.Id, new { content = "X" })).ExpectError(404, NotFound);

        var shown = await tenant.UpdateAndExpectChangeAsync(Feature.Notes, note.Id, new { visibility = "public" });
        Assert.Equal($"[{shown.Text}]", (await colleague.ListRecordsAsync(Feature.Notes)).Text);
        var changed = await colleague.UpdateRecordAsync(Feature.Notes, note.Id, new { content = "X" });
        Assert.Equal(["X", tenant.User.Id], ((string[])["content", "authorId"]).Select(changed.TextOf));
    }

    /// <summary>Only the author can make a note public again that another user has made private.</summary>
    [Fact]
    public async Task Visibility_MadePrivateByAnotherUser_HidesTheNoteFromThatUser()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var colleague = await server.CreateColleagueAsync(tenant);
        var note = await tenant.CreateRecordAsync(Feature.Notes, account);

        (await colleague.PutRecordAsync(Feature.Notes, note.Id, new { visibility = "private" })).Expect(200);

        Assert.Equal("[]", (await colleague.ListRecordsAsync(Feature.Notes)).Text);
        Assert.Equal("private", (await tenant.GetRecordAsync(Feature.Notes, note.Id)).Text("visibility"));
    }

    [Fact]
    public async Task List_WithFilters_ShowsWhatMatchesNewestFirst()
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var other = (await tenant.CreateAccountAsync()).Id;
        var idea = (await tenant.CreateAttributeValueAsync("note_type", "Idea")).Id;
        string[] ids =
        [
            (await tenant.CreateRecordAsync(Feature.Notes, account)).Id,
            (await tenant.CreateRecordAsync(Feature.Notes, account, new { type = "idea" })).Id,
            (await tenant.CreateRecordAsync(Feature.Notes, other, new { type = "idea", visibility = "private" })).Id,
            (await tenant.CreateRecordAsync(Feature.Notes, other)).Id,
        ];

        foreach (var (query, expected) in ((string, int[])[])[
            ("", [3, 2, 1, 0]), ($"accountId={account}", [1, 0]), ("type=iDEA", [2, 1]), ($"type={idea}", [2, 1]),
            ($"type={idea}&accountId={other}", [2]), ($"noteId={ids[0]}", [0]),
            ($"noteId={ids[0].ToLowerInvariant()}", [0]), ($"noteId={ids[0]}&type=idea", []), ("limit=1&page=2", [2]),
            ("limit=2&page=2", [1, 0]), ("type=nothing", []), ($"type={Given.UnknownId}", []),
            ("type=CALL", []), ($"accountId={Given.UnknownId}", []), ("accountId=nonsense", []),
            ($"noteId={Given.UnknownId}", []), ("noteId=nonsense", []), ("page=9", [])])
        {
            Assert.Equal(expected.Select(index => ids[index]), (await tenant.ListRecordsAsync(Feature.Notes, query)).Each("id"));
        }
    }
}
