using System.Globalization;
using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>What receivers get.</summary>
public sealed class WebhookDeliveryTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    [Fact]
    public async Task Change_OfAnAccount_IsDeliveredSignedOverTheBytesThatAreSent()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url, new { headers = new { authorization = "Bearer token" } });

        var account = await tenant.CreateAccountAsync(new { name = "Åcme \"1\"" });
        var request = await receiver.NextAsync();

        var timestamp = request.Headers["webhook-timestamp"];
        Assert.Equal(request.SignWith(webhook.TextOf("secret")), request.Headers["webhook-signature"]);
        var sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(timestamp, CultureInfo.InvariantCulture));
        Assert.InRange(TimeProvider.System.GetUtcNow() - sentAt, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(2));
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Equal("Bearer token", request.Headers["Authorization"]);
        Assert.Equal("account:created", request.Type);
        Assert.Equal(request.Id, request.Json.Text("eventId"));
        Assert.Equal(account.Id, request.Json.GetProperty("payload").GetProperty("account").Text("id"));
        var delivery = await tenant.WaitForDeliveryAsync(webhook.Id, one => one.Is("delivered"));
        Assert.Equal((request.Id, "event", 1, 204), (
            delivery.Text("eventId"), delivery.Text("trigger"), delivery.Attempts(), delivery.GetProperty("responseStatus").GetInt32()));
    }

    [Fact]
    public async Task Event_OfTheFeed_IsTheBodyThatIsDelivered()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateWebhookAsync(receiver.Url, new { envelope = "message", eventTypes = new[] { "account:updated" } });
        var id = (await tenant.CreateAccountAsync()).Id;

        (await tenant.PutAccountAsync(id, new { description = "New" })).Expect(200);
        var request = await receiver.NextAsync();

        var events = (await tenant.Client.Get("/v1/accounts/events?types=account:updated")).Expect(200)["events"];
        Assert.Equal($$"""{"message":{{Assert.Single(events.EnumerateArray()).GetRawText()}}}""", request.Body);
    }

    [Fact]
    public async Task Webhook_WithTypesAndMembers_GetsOnlyThose()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var webhook = await tenant.CreateWebhookAsync(
            receiver.Url,
            new { eventTypes = new[] { "account:*", "account-status:changed" }, changed = new[] { "status", "metadata.plan" } });
        var id = (await tenant.CreateAccountAsync()).Id;
        await tenant.CreateContactAsync();

        (await tenant.PutAccountAsync(id, new { description = "New" })).Expect(200);
        (await tenant.PutAccountAsync(id, new { metadata = new { plan = "gold" } })).Expect(200);
        (await tenant.PutAccountAsync(id, new { status = await OtherStatusAsync(tenant, id) })).Expect(200);
        (await tenant.DeleteAccountAsync(id)).Expect(200);
        var deliveries = await tenant.WaitForDeliveriesAsync(webhook.Id, 5, one => one.Is("delivered"));

        Assert.Equal(
            ["account:created", "account:updated", "account:updated", "account-status:changed", "account:deleted"],
            deliveries.Reverse().Select(one => one.Text("eventType")));
        Assert.Equal(5, receiver.All.Select(request => request.Id).Distinct().Count());
    }

    [Fact]
    public async Task PrivateNote_OfAnyAuthor_LeavesWithoutItsContent()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var account = (await tenant.CreateAccountAsync()).Id;
        await tenant.CreateWebhookAsync(receiver.Url, new { eventTypes = new[] { "account-note:*" } });

        await tenant.CreateRecordAsync(Feature.Notes, account, new { content = "Secret plans", visibility = "private" });
        var request = await receiver.NextAsync();

        Assert.Equal("account-note:created", request.Type);
        Assert.Equal("private", request.Json.GetProperty("payload").GetProperty("note").Text("visibility"));
        Assert.False(request.Json.GetProperty("payload").GetProperty("note").TryGetProperty("content", out _));
        Assert.DoesNotContain("Secret plans", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_OfARecordThatFails_WaitForEachOtherWhileOthersGoOn()
    {
        var isDown = true;
        string? failing = null;
        await using var receiver = await Receiver.StartAsync((request, response) =>
        {
            response.StatusCode = Volatile.Read(ref isDown) && AccountOf(request) == Volatile.Read(ref failing) ? 500 : 200;
            return Task.CompletedTask;
        });
        var tenant = await server.CreateTenantAsync();
        failing = (await tenant.CreateAccountAsync()).Id;
        var other = (await tenant.CreateAccountAsync()).Id;
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);

        (await tenant.PutAccountAsync(failing, new { description = "1" })).Expect(200);
        (await tenant.PutAccountAsync(failing, new { description = "2" })).Expect(200);
        (await tenant.DeleteAccountAsync(failing)).Expect(200);
        (await tenant.PutAccountAsync(other, new { description = "1" })).Expect(200);
        await GivenWebhooks.WaitForAsync(() => Task.FromResult(receiver.All.Any(request => AccountOf(request) == other)));
        await GivenWebhooks.WaitForAsync(
            async () => (await tenant.ListDeliveriesAsync(webhook.Id)).Any(one => one.Attempts() == 1 && one.Is("pending")));

        Assert.Single(receiver.All.Where(request => AccountOf(request) == failing).Select(request => request.Id).Distinct());
        Volatile.Write(ref isDown, false);
        await server.PassAsync(webhook.Id);
        await tenant.PutAccountAsync(other, new { description = "2" });
        await tenant.WaitForDeliveriesAsync(webhook.Id, 5, one => one.Is("delivered"));

        Assert.Equal(
            ["1", "2", null],
            receiver.All.Where(request => AccountOf(request) == failing).DistinctBy(request => request.Id)
                .Select(request => request.Json.GetProperty("payload").GetProperty("account"))
                .Select(account => account.ValueKind == JsonValueKind.Null ? null : account.Text("description")));
    }

    [Fact]
    public async Task Webhooks_OfAnotherOrganization_GetNothing()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var ownReceiver = await Receiver.StartAsync();
        var (stranger, tenant) = (await server.CreateTenantAsync(), await server.CreateTenantAsync());
        var webhook = await stranger.CreateWebhookAsync(receiver.Url);
        await tenant.CreateWebhookAsync(ownReceiver.Url);

        await tenant.CreateAccountAsync();
        await ownReceiver.NextAsync();
        var own = await stranger.CreateAccountAsync();
        await receiver.NextAsync();

        Assert.Equal(own.Id, AccountOf(Assert.Single(receiver.All)));
        Assert.Single(await stranger.ListDeliveriesAsync(webhook.Id));
    }

    [Fact]
    public async Task Bulk_OfManyAccounts_IsDeliveredEachOnce()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);

        (await tenant.PostAccountsAsync([.. Enumerable.Range(0, 1_200).Select(_ => Given.Account())])).Expect(201);
        await GivenWebhooks.WaitForAsync(() => Task.FromResult(receiver.All.Count >= 1_200));
        await GivenWebhooks.WaitForAsync(async () => (await tenant.ListDeliveriesAsync(webhook.Id, "status=pending")).Count == 0);

        Assert.Equal(1_200, receiver.All.Count);
        Assert.Equal(1_200, receiver.All.Select(request => request.Id).Distinct().Count());

        // What is pending is not read again for each delivery. The coordinator of a cluster does not count the rows of shards.
        if (server.Postgres.Cluster is null)
        {
            Assert.InRange(
                await server.ReadNumberAsync(
                    "select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where relname = 'webhook_deliveries'"),
                1_200,
                200_000);
        }
    }

    private static string AccountOf(ReceivedRequest request)
    {
        var payload = request.Json.GetProperty("payload");
        var account = payload.GetProperty("account");
        return (account.ValueKind == JsonValueKind.Null ? payload.GetProperty("previousAccount") : account).Text("id");
    }

    private static async Task<string> OtherStatusAsync(Tenant tenant, string id)
    {
        var current = (await tenant.GetAccountAsync(id)).TextOf("status");
        var values = (await tenant.Client.Get($"{Paths.AttributeValues}?attribute=account_status")).Expect(200).Each("value");
        return values.First(value => value != current);
    }
}
