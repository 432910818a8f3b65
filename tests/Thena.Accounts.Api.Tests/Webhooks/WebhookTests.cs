using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>The management of webhooks.</summary>
public sealed class WebhookTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    private const string Url = "https://hooks.acme.example/accounts";

    [Fact]
    public async Task Create_WithEveryMember_AnswersThemAndTheSecretOnce()
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateWebhookAsync(Url, new
        {
            eventTypes = new[] { "account:*", "customer-contact:created", "account-status:changed" },
            changed = new[] { "status" },
            description = "For the warehouse",
            headers = new Dictionary<string, string> { ["x-team"] = "platform" },
            envelope = "message",
            isActive = false,
        });
        var shown = await tenant.GetWebhookAsync(created.Id);

        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", created.TextOf("secret"));
        Assert.Equal(["account:*", "customer-contact:created", "account-status:changed"], Texts(shown["eventTypes"]));
        Assert.Equal(["status"], Texts(shown["changed"]));
        Assert.Equal(
            (Url, "For the warehouse", "platform", "message", false),
            (shown.TextOf("url"), shown.TextOf("description"), shown["headers"].Text("x-team"), shown.TextOf("envelope"),
                shown["isActive"].GetBoolean()));
        Assert.False(shown.Json.TryGetProperty("secret", out _));
        Assert.Equal(shown.Text, Assert.Single((await tenant.Client.Get(Paths.Webhooks)).Expect(200).Json.EnumerateArray()).GetRawText());
    }

    [Fact]
    public async Task Create_WithAUrlAlone_HasDefaults()
    {
        var tenant = await server.CreateTenantAsync();

        var created = await tenant.CreateWebhookAsync(Url);

        Assert.Equal(["*"], Texts(created["eventTypes"]));
        Assert.Equal("flat", created.TextOf("envelope"));
        Assert.True(created["isActive"].GetBoolean());
        Assert.Equal("{}", created.RawOf("headers"));
    }

    [Fact]
    public async Task Secret_InTheDatabase_IsEncrypted()
    {
        var tenant = await server.CreateTenantAsync();
        var answer = await tenant.Client.Send(
            HttpMethod.Post, Paths.Webhooks, new { url = Url }, headers: ("Idempotency-Key", "create-1"));

        var again = await tenant.Client.Send(
            HttpMethod.Post, Paths.Webhooks, new { url = Url }, headers: ("Idempotency-Key", "create-1"));

        Assert.Equal(answer.Expect(201).Text, again.Expect(201).Text);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        var secret = answer.TextOf("secret");
        foreach (var column in new[] { "secret from webhooks", "convert_from(body, 'UTF8') from idempotent_requests" })
        {
            Assert.Equal(
                0,
                await server.ReadNumberAsync(
                    $"select count(*) from (select {column}) as stored (text) where text like '%{secret[6..]}%'"));
        }

        Assert.Single((await tenant.Client.Get(Paths.Webhooks)).Each("id"));
    }

    [Theory]
    [InlineData("""{"url": 1}""", "url")]
    [InlineData("""{}""", "url")]
    [InlineData("""{"url": "https://a.example", "eventTypes": ["account:unknown"]}""", "eventTypes[0]")]
    [InlineData("""{"url": "https://a.example", "eventTypes": ["account"]}""", "eventTypes[0]")]
    [InlineData("""{"url": "https://a.example", "eventTypes": "account:*"}""", "eventTypes")]
    [InlineData("""{"url": "https://a.example", "changed": [""]}""", "changed[0]")]
    [InlineData("""{"url": "https://a.example", "envelope": "other"}""", "envelope")]
    [InlineData("""{"url": "https://a.example", "headers": {"Host": "b.example"}}""", "headers")]
    [InlineData("""{"url": "https://a.example", "headers": {"content-type": "text/plain"}}""", "headers")]
    [InlineData("""{"url": "https://a.example", "headers": {"Webhook-Id": "1"}}""", "headers")]
    [InlineData("""{"url": "https://a.example", "headers": {"transfer-encoding": "chunked"}}""", "headers")]
    [InlineData("""{"url": "https://a.example", "headers": {"x y": "1"}}""", "headers")]
    [InlineData("""{"url": "https://a.example", "headers": {"x": "1\r\ny: 2"}}""", "headers")]
    [InlineData("""{"url": "https://a.example", "headers": {"x": "1", "X": "2"}}""", "headers")]
    [InlineData("""{"url": "https://a.example", "headers": {"x": null}}""", "headers")]
    [InlineData(
        """{"url": "https://a.example", "headers": {"a":"1","b":"1","c":"1","d":"1","e":"1","f":"1","g":"1","h":"1","i":"1","j":"1","k":"1"}}""",
        "headers")]
    public async Task Create_WithAnInvalidMember_NamesIt(string body, string field)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.Client.Post(Paths.Webhooks, body)).ExpectProblem(field);
    }

    [Fact]
    public async Task Create_OfMoreThan25AtTheSameTime_IsAConflict()
    {
        var tenant = await server.CreateTenantAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => tenant.PostWebhookAsync(Url, new { isActive = false })));

        Assert.Equal(25, answers.Count(answer => (int)answer.Status == 201));
        Assert.All(
            answers.Where(answer => (int)answer.Status != 201),
            answer => answer.ExpectError(409, "An organization can have at most 25 webhooks!"));
    }

    [Fact]
    public async Task Update_WithIfMatch_ChangesOnlyThatVersion()
    {
        var tenant = await server.CreateTenantAsync();
        var created = await tenant.CreateWebhookAsync(Url);
        var path = $"{Paths.Webhooks}/{created.Id}";
        (string, string) version = ("If-Match", $"\"{created.TextOf("updatedAt")}\"");

        var changes = new { description = "New", headers = (object?)null };
        var updated = (await tenant.Client.Send(HttpMethod.Put, path, changes, headers: version)).Expect(200);
        var refused = await tenant.Client.Send(HttpMethod.Put, path, new { description = "Newer" }, headers: version);

        Assert.Equal("New", updated.TextOf("description"));
        Assert.Equal(Url, updated.TextOf("url"));
        refused.Expect(412);
        (await tenant.Client.Put(path, new { url = (string?)null })).ExpectProblem("url");
    }

    [Fact]
    public async Task Delete_OfAWebhook_RemovesItsSecret()
    {
        var tenant = await server.CreateTenantAsync();
        var id = (await tenant.CreateWebhookAsync(Url, new { headers = new { authorization = "Bearer x" } })).Id;

        (await tenant.Client.Delete($"{Paths.Webhooks}/{id}")).Expect(200);

        (await tenant.Client.Get($"{Paths.Webhooks}/{id}")).ExpectError(404, "Webhook not found!");
        Assert.Equal(1, await server.ReadNumberAsync(
            $"select count(*) from webhooks where id = '{WebhookServer.IdOf(id)}' and secret = '' and headers::text = '{{}}'"));
    }

    [Fact]
    public async Task RotateSecret_WithAnOverlap_SignsWithBothSecretsNewestFirst()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var created = await tenant.CreateWebhookAsync(receiver.Url);
        await tenant.CreateAccountAsync();
        var before = await receiver.NextAsync();

        var rotated = (await tenant.PostToWebhookAsync(created.Id, "rotate-secret", new { })).Expect(200);
        await tenant.CreateAccountAsync();
        var during = await receiver.NextAsync();
        (await tenant.PostToWebhookAsync(created.Id, "rotate-secret", new { overlapHours = 0 })).Expect(200);
        await tenant.CreateAccountAsync();
        var after = await receiver.NextAsync();

        Assert.NotEqual(created.TextOf("secret"), rotated.TextOf("secret"));
        Assert.Equal(
            [before.SignWith(created.TextOf("secret"))], before.Headers["webhook-signature"].Split(' '));
        Assert.Equal(
            [during.SignWith(rotated.TextOf("secret")), during.SignWith(created.TextOf("secret"))],
            during.Headers["webhook-signature"].Split(' '));
        Assert.Single(after.Headers["webhook-signature"].Split(' '));
        var until = DateTimeOffset.Parse(rotated.TextOf("previousSecretUntil"), null);
        Assert.InRange(until - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Operations_OnAWebhookThatIsNotActive_AreConflicts()
    {
        var tenant = await server.CreateTenantAsync();
        var id = (await tenant.CreateWebhookAsync(Url, new { isActive = false })).Id;

        (await tenant.PostToWebhookAsync(id, "test")).ExpectError(409, "The webhook is not active!");
        (await tenant.PostToWebhookAsync(id, "replay", new { since = "2025-01-01T00:00:00Z" }))
            .ExpectError(409, "The webhook is not active!");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"after": "x", "since": "2025-01-01T00:00:00Z"}""")]
    [InlineData("""{"since": "yesterday"}""")]
    public async Task Replay_WithoutOneStart_IsInvalid(string body)
    {
        var tenant = await server.CreateTenantAsync();
        var id = (await tenant.CreateWebhookAsync(Url)).Id;

        (await tenant.PostToWebhookAsync(id, "replay", body)).Expect(400);
    }

    [Fact]
    public async Task Replay_WithACursorOfAnotherOrganization_IsInvalid()
    {
        var (tenant, stranger) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());
        var id = (await tenant.CreateWebhookAsync(Url)).Id;
        var after = (await stranger.Client.Get("/v1/accounts/events?after=latest")).TextOf("nextCursor");

        (await tenant.PostToWebhookAsync(id, "replay", new { after })).ExpectError(400, "Invalid cursor!");
    }

    [Fact]
    public async Task ReadKey_OnWebhooks_CannotWrite()
    {
        var tenant = await server.CreateTenantAsync();
        var id = (await tenant.CreateWebhookAsync(Url, new { isActive = false })).Id;
        using var reader = server.CreateClient((await server.CreateKeyAsync(tenant.User.Id, "read")).Key);

        (await reader.Get($"{Paths.Webhooks}/{id}")).Expect(200);
        (await reader.Post($"{Paths.Webhooks}/{id}/test", new { })).Expect(403);
        (await reader.Delete($"{Paths.Webhooks}/{id}")).Expect(403);
    }

    [Fact]
    public async Task Deliveries_ThatAreOld_AreRemovedButNotThosePending()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var id = (await tenant.CreateWebhookAsync(receiver.Url)).Id;
        await tenant.CreateAccountsAsync(3);
        await tenant.WaitForDeliveriesAsync(id, 3, one => one.Is("delivered"));
        var pending = (await tenant.ListDeliveriesAsync(id))[0].Text("id");

        // The time is in the first 48 bits of the ID.
        await server.ExecuteAsync(
            $"""
            update webhook_deliveries set id = ('0190' || substr(id::text, 5))::uuid, next_attempt_at = '2100-01-01',
                status = case when id = '{WebhookServer.IdOf(pending)}' then 'pending' else status end
            where webhook_id = '{WebhookServer.IdOf(id)}'
            """);
        var removed = await server.CleanAsync();

        Assert.Equal(2, removed);
        Assert.True(Assert.Single(await tenant.ListDeliveriesAsync(id)).Is("pending"));
    }

    [Fact]
    public async Task Erasure_OfAContact_EmptiesWhatReceiversHaveAnswered()
    {
        await using var receiver = await Receiver.StartAsync(async (request, response) =>
        {
            response.StatusCode = 200;
            await response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(request.Body));
        });
        var tenant = await server.CreateTenantAsync();
        var id = (await tenant.CreateWebhookAsync(receiver.Url, new { eventTypes = new[] { "customer-contact:created" } })).Id;
        var contact = (await tenant.CreateContactAsync()).Id;
        var delivered = await tenant.WaitForDeliveryAsync(id, one => one.Is("delivered"));
        Assert.NotEqual(JsonValueKind.Null, delivered.GetProperty("response").ValueKind);

        (await tenant.Client.Post($"{Paths.Contacts}/{contact}/erase", new { })).Expect(200);

        Assert.Equal(JsonValueKind.Null, (await tenant.ListDeliveriesAsync(id))[0].GetProperty("response").ValueKind);
    }

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
