using System.Diagnostics;
using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>Nothing is lost: servers that end at any moment, several servers, replays and retries.</summary>
public sealed class WebhookRecoveryTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    [Fact]
    public async Task Server_KilledWhileItSends_IsFollowedByAnotherOneWithTheSameId()
    {
        var isFirst = true;
        await using var receiver = await Receiver.StartAsync((_, response) => Interlocked.Exchange(ref isFirst, false)
            ? Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted)
            : Task.CompletedTask);
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync(receiver.Url)).Id;
        var id = WebhookServer.IdOf(webhook);

        await tenant.CreateAccountAsync();
        var first = await receiver.NextAsync();

        // As if the server had ended here: what it settles later does not count, as its lease has ended.
        await server.ExecuteAsync($"update webhook_deliveries set leased_until = now() - interval '1 second' where webhook_id = '{id}'");
        var second = await receiver.NextAsync();
        var delivered = await tenant.WaitForDeliveryAsync(webhook, one => one.Is("delivered"));

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(1, delivered.Attempts());
    }

    [Fact]
    public async Task Servers_KilledAtRandomMoments_DeliverEachEventInOrder()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync(receiver.Url, new { eventTypes = new[] { "account:*" } })).Id;
        var id = (await tenant.CreateAccountAsync()).Id;
        const int Changes = 60;

        var random = new Random(7);
        var killing = KillAsync(random);
        for (var index = 1; index <= Changes; index++)
        {
            (await tenant.PutAccountAsync(id, new { description = $"{index}" })).Expect(200);
            await Task.Delay(random.Next(0, 200), TestContext.Current.CancellationToken);
        }

        await killing;
        await GivenWebhooks.WaitForAsync(async () =>
        {
            await server.ExecuteAsync(
                "update webhook_deliveries set leased_until = null where leased_until < now() + interval '115 seconds'");
            return (await tenant.ListDeliveriesAsync(webhook, "status=pending")).Count == 0
                && receiver.All.DistinctBy(request => request.Id).Count() == Changes + 1;
        });

        var versions = receiver.All.DistinctBy(request => request.Id)
            .Select(request => request.Json.GetProperty("metadata").GetProperty("version").GetInt32());
        Assert.Equal(Enumerable.Range(1, Changes + 1), versions);
    }

    [Fact]
    public async Task TwoServers_WithOneDatabase_DeliverEachEventOnceAndInOrder()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateWebhookAsync(receiver.Url, new { eventTypes = new[] { "account:*" } });
        var (process, client) = await StartAsync(tenant.Key.Key);
        using (process)
        using (client)
        {
            var ids = await tenant.CreateAccountsAsync(10);
            await Task.WhenAll(ids.Select(async (id, number) =>
            {
                for (var change = 0; change < 10; change++)
                {
                    var either = (number + change) % 2 == 0 ? client : tenant.Client;
                    (await either.Put($"{Paths.Accounts}/{id}", new { description = $"{change}" })).Expect(200);
                }
            }));
            await GivenWebhooks.WaitForAsync(() => Task.FromResult(receiver.All.Count >= 110));
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(110, receiver.All.Count);
        Assert.All(
            receiver.All.GroupBy(request => request.Json.GetProperty("payload").GetProperty("account").Text("id")),
            account => Assert.Equal(
                Enumerable.Range(1, 11),
                account.Select(request => request.Json.GetProperty("metadata").GetProperty("version").GetInt32())));
    }

    [Fact]
    public async Task Replay_AfterACursor_SendsTheEventsAgainWithTheirIds()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountAsync(new { name = "Before" });
        var cursor = (await tenant.Client.Get("/v1/accounts/events?after=latest")).TextOf("nextCursor");
        var webhook = (await tenant.CreateWebhookAsync(receiver.Url, new { eventTypes = new[] { "account:*" } })).Id;
        var ids = await tenant.CreateAccountsAsync(3);
        await tenant.WaitForDeliveriesAsync(webhook, 3, one => one.Is("delivered"));

        (await tenant.PostToWebhookAsync(webhook, "replay", new { after = cursor })).Expect(200);
        var deliveries = await tenant.WaitForDeliveriesAsync(webhook, 6, one => one.Is("delivered"));

        Assert.Equal(["event", "event", "event", "replay", "replay", "replay"], deliveries.Reverse().Select(one => one.Text("trigger")));
        Assert.Equal(3, receiver.All.Select(request => request.Id).Distinct().Count());
        Assert.All(receiver.All.GroupBy(request => request.Id), same => Assert.Single(same.Select(request => request.Body).Distinct()));
        Assert.False((await tenant.GetWebhookAsync(webhook))["isReplaying"].GetBoolean());
    }

    [Fact]
    public async Task Replay_SinceATimeOfOnlyFailedOnes_SendsThoseAlone()
    {
        var isDown = true;
        await using var receiver = await Receiver.StartAsync((request, response) =>
        {
            response.StatusCode = Volatile.Read(ref isDown) && request.Body.Contains("Unlucky", StringComparison.Ordinal) ? 500 : 200;
            return Task.CompletedTask;
        });
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync(receiver.Url, new { eventTypes = new[] { "account:*" } })).Id;
        await tenant.CreateAccountAsync(new { name = "Lucky" });
        await tenant.CreateAccountAsync(new { name = "Unlucky" });
        await tenant.WaitForDeliveriesAsync(webhook, 2, one => one.Attempts() == 1);
        await server.ExecuteAsync(
            $"""
            update webhook_deliveries set status = 'failed', next_attempt_at = null
            where webhook_id = '{WebhookServer.IdOf(webhook)}' and status = 'pending'
            """);
        Volatile.Write(ref isDown, false);

        var since = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        (await tenant.PostToWebhookAsync(webhook, "replay", new { since, onlyFailed = true })).Expect(200);
        var deliveries = await tenant.WaitForDeliveriesAsync(webhook, 2, one => one.Is("delivered"));

        Assert.Equal(["event", "replay"], deliveries.Reverse().Select(one => one.Text("trigger")));
        Assert.Equal(3, receiver.All.Count);
    }

    [Fact]
    public async Task Replay_SinceATime_LeavesOutWhatWasLongBefore()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        await tenant.CreateAccountsAsync(20);
        await tenant.Client.Get("/v1/accounts/events");
        for (var sequence = 1; sequence < 20; sequence++)
        {
            var organization = WebhookServer.IdOf(tenant.OrganizationId);
            await server.ExecuteAsync(
                $"""
                update changes set occurred_at = now() - interval '{20 - sequence} hours'
                where organization_id = '{organization}'
                    and id = (select change_id from change_feed where organization_id = '{organization}' and sequence = {sequence})
                """);
        }

        var webhook = (await tenant.CreateWebhookAsync(receiver.Url, new { eventTypes = new[] { "account:*" } })).Id;

        var since = TimeProvider.System.GetUtcNow().AddHours(-5.5);
        (await tenant.PostToWebhookAsync(webhook, "replay", new { since })).Expect(200);

        await tenant.WaitForDeliveriesAsync(webhook, 6, one => one.Is("delivered"));
    }

    [Fact]
    public async Task Retry_OfADeliveryThatArrived_SendsItAgain()
    {
        await using var receiver = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync(receiver.Url)).Id;
        await tenant.CreateAccountAsync();
        var delivery = (await tenant.WaitForDeliveryAsync(webhook, one => one.Is("delivered"))).Text("id");

        var retried = (await tenant.PostToWebhookAsync(webhook, $"deliveries/{delivery}/retry")).Expect(200);
        await receiver.NextAsync();
        await receiver.NextAsync();
        var delivered = await tenant.WaitForDeliveryAsync(webhook, one => one.Is("delivered"));

        Assert.Equal(("pending", "retry"), (retried.TextOf("status"), retried.TextOf("trigger")));
        Assert.Equal(("retry", 1), (delivered.Text("trigger"), delivered.Attempts()));
        Assert.Single(receiver.All.Select(request => request.Id).Distinct());
    }

    [Fact]
    public async Task Test_OfAWebhook_SendsOneEventThatIsInNoFeed()
    {
        await using var receiver = await Receiver.StartAsync(500);
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync(receiver.Url)).Id;

        var test = (await tenant.PostToWebhookAsync(webhook, "test")).Expect(201);
        var request = await receiver.NextAsync();
        var failed = await tenant.WaitForDeliveryAsync(webhook, one => one.Is("failed"));

        Assert.Equal((test.TextOf("eventId"), "webhook:test"), (request.Id, request.Type));
        Assert.Equal(webhook, request.Json.GetProperty("payload").GetProperty("webhook").Text("id"));
        Assert.Equal(("test", 1), (failed.Text("trigger"), failed.Attempts()));
        Assert.Equal(JsonValueKind.Null, (await tenant.GetWebhookAsync(webhook))["failingSince"].ValueKind);
        Assert.Empty((await tenant.Client.Get("/v1/accounts/events")).Expect(200)["events"].EnumerateArray());
    }

    private async Task KillAsync(Random random)
    {
        for (var round = 0; round < 3; round++)
        {
            var (process, client) = await StartAsync(key: null);
            using (process)
            using (client)
            {
                await Task.Delay(random.Next(500, 2_000), TestContext.Current.CancellationToken);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    private async Task<(Process Process, HttpClient Client)> StartAsync(string? key)
    {
        var process = ServerProcess.Start(
            server.ConnectionString,
            environment:
            [
                ("Webhooks__AllowedNetworks__0", "127.0.0.0/8"),
                ("Webhooks__AllowHttp", "true"),
                ("Serilog__MinimumLevel__Override__Microsoft.Hosting.Lifetime", "Information"),
            ]);
        return (process, await process.ListenAsync(key));
    }
}
