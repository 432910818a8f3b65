using System.Net;
using System.Net.Sockets;

namespace Thena.Accounts.Api.Tests.Attachments;

/// <summary>The attachments of activities, notes and tasks.</summary>
public sealed class AttachmentsTests(SharedServer server) : IClassFixture<SharedServer>
{
    private const string NotFound = "Attachment not found!";

    public static TheoryData<string> Features => [Feature.Activities, Feature.Notes, Feature.Tasks];

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Attach_OnCreateAndUpdate_AddsEachUrlOnceInOrder(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var record = await tenant.CreateRecordAsync(
            feature, account, Attach("https://f.example/b", "https://f.example/a", "https://f.example/b", " https://f.example/a "));
        Assert.Equal(["https://f.example/b", "https://f.example/a"], record.Json.Urls());

        var changed = await tenant.UpdateAndExpectChangeAsync(
            feature, record.Id, Attach("https://f.example/c", "https://f.example/a", "https://f.example/A", "http://f.example/a"));

        Assert.Equal(
            ["https://f.example/b", "https://f.example/a", "https://f.example/c", "https://f.example/A", "http://f.example/a"],
            changed.Json.Urls());
        Assert.Equal(
            record["attachments"].EnumerateArray().Select(attachment => attachment.GetRawText()),
            changed["attachments"].EnumerateArray().Take(2).Select(attachment => attachment.GetRawText()));
        Assert.Equal(5, changed["attachments"].EnumerateArray().Select(attachment => attachment.Text("id")).Distinct().Count());
        Assert.All(
            changed["attachments"].EnumerateArray(),
            attachment => Assert.Equal(["id", "url", "fileName", "createdAt"], attachment.EnumerateObject().Select(member => member.Name)));
        Assert.All(changed["attachments"].EnumerateArray().Skip(2), attachment => Assert.InRange(
            attachment.GetProperty("createdAt")
                .GetDateTimeOffset(), record["updatedAt"]
                .GetDateTimeOffset(), changed["updatedAt"]
                .GetDateTimeOffset()));
        foreach (var same in (string[])["""{"attachmentUrls":null}""", """{"attachmentUrls":[]}""", "{}"])
        {
            Assert.Equal(changed.Text, (await tenant.UpdateRecordAsync(feature, record.Id, same)).Text);
        }

        Assert.Equal(changed.Text, (await tenant.GetRecordAsync(feature, record.Id)).GetRawText());
        Assert.Equal("[]", (await tenant.CreateRecordAsync(feature, account, Given.Member("attachmentUrls", "null"))).RawOf("attachments"));
    }

    [Theory]
    [InlineData("https://f.example/dir/offer.pdf", "offer.pdf")]
    [InlineData("https://f.example/offer.pdf?version=2/3&x=a.b", "offer.pdf")]
    [InlineData("https://f.example/offer.pdf#page/2", "offer.pdf")]
    [InlineData("https://f.example/a%20b%2Fc.pdf", "a%20b%2Fc.pdf")]
    [InlineData("HTTP://F.example/Übersicht.PDF", "Übersicht.PDF")]
    [InlineData("https://f.example:8443/x", "x")]
    [InlineData("https://f.example/dir/", "")]
    [InlineData("https://f.example/", "")]
    [InlineData("https://f.example", "")]
    [InlineData("https://f.example?file=a/b.pdf", "")]
    public async Task FileName_Always_IsTheLastSegmentOfThePath(string url, string fileName)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();

        var attachment = (await tenant.CreateRecordAsync(Feature.Notes, account, Attach(url)))["attachments"][0];

        Assert.Equal([url, fileName], [attachment.Text("url"), attachment.Text("fileName")]);
    }

    [Theory]
    [InlineData("[\"https://f.example/a\",\"x\"]", "attachmentUrls[1]")]
    [InlineData("[\"/a\"]", "attachmentUrls[0]")]
    [InlineData("[\"f.example/a\"]", "attachmentUrls[0]")]
    [InlineData("[\"ftp://f.example/a\"]", "attachmentUrls[0]")]
    [InlineData("[\"javascript:alert(1)\"]", "attachmentUrls[0]")]
    [InlineData("[\"https://\"]", "attachmentUrls[0]")]
    [InlineData("[\"https://f.example/a b\"]", "attachmentUrls[0]")]
    [InlineData("[\"\"]", "attachmentUrls[0]")]
    [InlineData("[\" \"]", "attachmentUrls[0]")]
    [InlineData("[null]", "attachmentUrls[0]")]
    [InlineData("[\"https://f.example/a\",5]", "attachmentUrls[1]")]
    [InlineData("[{}]", "attachmentUrls[0]")]
    [InlineData("[\"https://f.example/\\u0000\"]", "attachmentUrls[0]")]
    [InlineData("\"https://f.example/a\"", "attachmentUrls")]
    [InlineData("\"\"", "attachmentUrls")]
    [InlineData("{}", "attachmentUrls")]
    [InlineData("5", "attachmentUrls")]
    public async Task Urls_ThatAreWrong_AreNamedWithTheirIndex(string urls, string field)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        foreach (var feature in (string[])[Feature.Activities, Feature.Notes, Feature.Tasks])
        {
            var record = await tenant.CreateRecordAsync(feature, account);

            (await tenant.PostRecordAsync(feature, account, Given.Member("attachmentUrls", urls))).ExpectProblem(field);
            (await tenant.PutRecordAsync(feature, record.Id, Given.Member("attachmentUrls", urls))).ExpectProblem(field);

            Assert.Equal($"[{record.Text}]", (await tenant.ListRecordsAsync(feature)).Text);
        }
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Attach_OfMoreThanFifty_IsRefusedAndNothingIsWritten(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        (await tenant.PostRecordAsync(feature, account, Attach(Urls(0, 51)))).ExpectProblem("attachmentUrls");
        Assert.Equal("[]", (await tenant.ListRecordsAsync(feature)).Text);
        var record = await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 30)));

        (await tenant.PutRecordAsync(feature, record.Id, Given.Merge(new { metadata = new { a = 1 } }, Attach(Urls(30, 21)))))
            .ExpectProblem("attachmentUrls");
        Assert.Equal(record.Text, (await tenant.GetRecordAsync(feature, record.Id)).GetRawText());

        Assert.Equal(Urls(0, 50), (await tenant.UpdateAndExpectChangeAsync(feature, record.Id, Attach(Urls(30, 20)))).Json.Urls());
        Assert.Equal(Urls(0, 50), (await tenant.UpdateRecordAsync(feature, record.Id, Attach(Urls(0, 50)))).Json.Urls());
        (await tenant.PutRecordAsync(feature, record.Id, Attach(Urls(50, 1)))).ExpectProblem("attachmentUrls");
        (await tenant.DeleteAttachmentAsync(feature, record.Id, await FirstAsync(tenant, feature, record.Id))).Expect(200);
        Assert.Equal(Urls(1, 50), (await tenant.UpdateRecordAsync(feature, record.Id, Attach(Urls(50, 1)))).Json.Urls());
        Assert.Equal(50, (await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 50)))).Json.Urls().Length);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Url_OfTheLongestLength_IsKept(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        const string Start = "https://f.example/ü/";
        var urls = Enumerable.Range(0, 50).Select(index => $"{Start}{index:00}{new string('語', 2_048 - Start.Length - 2)}").ToArray();
        Assert.All(urls, url => Assert.Equal(2_048, url.Length));

        var record = await tenant.CreateRecordAsync(feature, account, Attach(urls));

        Assert.Equal(urls, record.Json.Urls());
        Assert.Equal(urls, (await tenant.GetRecordAsync(feature, record.Id)).Urls());
        (await tenant.PutRecordAsync(feature, record.Id, Attach($"{urls[0]}x"))).ExpectProblem("attachmentUrls[0]");
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Remove_OfOne_LeavesTheOthersAndIsNotFoundWhenRepeated(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var record = await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 3)));
        var second = record["attachments"][1].Text("id");
        await Task.Delay(5, TestContext.Current.CancellationToken);

        Assert.Equal("", (await tenant.DeleteAttachmentAsync(feature, record.Id, second)).Expect(200).Text);

        var left = await tenant.GetRecordAsync(feature, record.Id);
        Assert.Equal(["https://f.example/0", "https://f.example/2"], left.Urls());
        Assert.True(string.CompareOrdinal(left.Text("updatedAt"), record.TextOf("updatedAt")) > 0);
        (await tenant.DeleteAttachmentAsync(feature, record.Id, second)).ExpectError(404, NotFound);
        Assert.Equal(left.GetRawText(), (await tenant.GetRecordAsync(feature, record.Id)).GetRawText());

        var again = await tenant.UpdateAndExpectChangeAsync(feature, record.Id, Attach(Urls(1, 1)));
        Assert.Equal(["https://f.example/0", "https://f.example/2", "https://f.example/1"], again.Json.Urls());
        Assert.NotEqual(second, again["attachments"][2].Text("id"));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Remove_OfWhatTheRecordDoesNotHave_IsNotFound(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var (stranger, foreignAccount) = await server.CreateTenantWithAccountAsync();
        var (record, other) = (
            await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 1))),
            await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 1))));
        var foreign = await stranger.CreateRecordAsync(feature, foreignAccount, Attach(Urls(0, 1)));

        foreach (
            var id in (string[])
            [
                other["attachments"][0].Text("id"),
                foreign["attachments"][0].Text("id"),
                record.Id,
                Given.UnknownId,
                "nonsense",
            ])
        {
            (await tenant.DeleteAttachmentAsync(feature, record.Id, id)).ExpectError(404, NotFound);
        }

        foreach (var id in (string[])[foreign.Id, Given.UnknownId, "nonsense"])
        {
            (await tenant.DeleteAttachmentAsync(feature, id, foreign["attachments"][0].Text("id")))
                .ExpectError(404, Feature.NotFoundOf(feature));
        }

        Assert.Equal($"[{other.Text},{record.Text}]", (await tenant.ListRecordsAsync(feature)).Text);
        Assert.Equal($"[{foreign.Text}]", (await stranger.ListRecordsAsync(feature)).Text);
        var (lowerId, lowerAttachmentId) = (record.Id.ToLowerInvariant(), record["attachments"][0].Text("id").ToLowerInvariant());
        Assert.Equal("", (await tenant.DeleteAttachmentAsync(feature, lowerId, lowerAttachmentId)).Expect(200).Text);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Remove_OfABlankAttachmentId_DoesNotAskForTheRecords(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var record = await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 1)));

        (await tenant.DeleteAttachmentAsync(feature, record.Id, "%20")).ExpectError(404, NotFound);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Attach_OfAnyUrl_FetchesNothing(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/a.pdf";

        var record = await tenant.CreateRecordAsync(feature, account, Attach(url));
        await tenant.UpdateRecordAsync(feature, record.Id, Attach($"{url}?2"));
        await tenant.ListRecordsAsync(feature);
        (await tenant.DeleteAttachmentAsync(feature, record.Id, record["attachments"][0].Text("id"))).Expect(200);
        await Task.Delay(200, TestContext.Current.CancellationToken);

        Assert.False(listener.Pending());
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Attach_ByManyAtOnce_LosesNone(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var record = await tenant.CreateRecordAsync(feature, account);

        var answers = await Task.WhenAll(Urls(0, 20).Select(url => tenant.PutRecordAsync(feature, record.Id, Attach(url))));

        Assert.All(answers.Zip(Urls(0, 20)), call => Assert.Contains(call.Second, call.First.Expect(200).Json.Urls()));
        Assert.Equal(
            Urls(0, 20).Order(StringComparer.Ordinal),
            (await tenant.GetRecordAsync(feature, record.Id)).Urls().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Attach_BeyondFiftyByManyAtOnce_KeepsFifty(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var record = await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 45)));

        var answers = await Task.WhenAll(Urls(45, 16).Select(url => tenant.PutRecordAsync(feature, record.Id, Attach(url))));

        Assert.Equal(5, answers.Count(answer => (int)answer.Status == 200));
        Assert.All(answers.Where(answer => (int)answer.Status != 200), answer => answer.ExpectProblem("attachmentUrls"));
        Assert.Equal(50, (await tenant.GetRecordAsync(feature, record.Id)).Urls().Length);
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Attach_OfOneUrlByManyAtOnce_AttachesItOnce(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var record = await tenant.CreateRecordAsync(feature, account);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => tenant.PutRecordAsync(feature, record.Id, Attach(Urls(0, 1)))));

        Assert.Single(answers.Select(answer => Assert.Single(answer.Expect(200)["attachments"].EnumerateArray()).Text("id")).Distinct());
        Assert.Single(answers.Select(answer => answer.TextOf("updatedAt")).Distinct());
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Remove_OfOneByManyAtOnce_SucceedsOnce(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var record = await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 2)));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => tenant.DeleteAttachmentAsync(feature, record.Id, record["attachments"][0].Text("id"))));

        var winner = Assert.Single(answers, answer => (int)answer.Status == 200);
        Assert.All(answers.Where(answer => answer != winner), answer => answer.ExpectError(404, NotFound));
        Assert.Equal(Urls(1, 1), (await tenant.GetRecordAsync(feature, record.Id)).Urls());
    }

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Remove_WhileOthersAreAttached_LosesAndKeepsNothingElse(string feature)
    {
        var (tenant, account) = await server.CreateTenantWithAccountAsync();
        var record = await tenant.CreateRecordAsync(feature, account, Attach(Urls(0, 10)));

        var removals = record["attachments"]
            .EnumerateArray()
            .Select(attachment => tenant.DeleteAttachmentAsync(feature, record.Id, attachment.Text("id")));
        var calls = removals.Zip(
            Urls(10, 10),
            (Task<Answer> removal, string url) => (Task<Answer>[])[removal, tenant.PutRecordAsync(feature, record.Id, Attach(url))]);
        var answers = await Task.WhenAll(calls.SelectMany(pair => pair).ToArray());

        Assert.All(answers, answer => answer.Expect(200));
        Assert.Equal(
            Urls(10, 10).Order(StringComparer.Ordinal),
            (await tenant.GetRecordAsync(feature, record.Id)).Urls().Order(StringComparer.Ordinal));
    }

    private static object Attach(params string[] attachmentUrls) => new { attachmentUrls };

    private static string[] Urls(int start, int count) => [.. Enumerable.Range(start, count).Select(index => $"https://f.example/{index}")];

    private static async Task<string> FirstAsync(Tenant tenant, string feature, string id) =>
        (await tenant.GetRecordAsync(feature, id)).GetProperty("attachments")[0].Text("id");
}
