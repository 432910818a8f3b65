using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>Receivers that do not do what they should. The limit of an attempt is 2 seconds here.</summary>
public sealed class WebhookReceiverTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    [Fact]
    public async Task Receiver_ThatAnswers500_IsAskedAgainWithTheSameId()
    {
        var answers = 0;
        await using var receiver = await Receiver.StartAsync(async (_, response) =>
        {
            response.StatusCode = Interlocked.Increment(ref answers) == 1 ? 500 : 200;
            await response.WriteAsync("Out of order");
        });
        var (tenant, webhook) = await ArrangeAsync(receiver.Url);

        var failed = await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 1);
        Assert.Equal(("pending", 500, "Out of order", "The receiver answered 500."), Of(failed));
        Assert.Equal(JsonValueKind.String, failed.GetProperty("nextAttemptAt").ValueKind);
        await WaitForFailingAsync(tenant, webhook, JsonValueKind.String);
        await server.PassAsync(webhook);
        var delivered = await tenant.WaitForDeliveryAsync(webhook, one => one.Is("delivered"));

        Assert.Equal(2, delivered.Attempts());
        Assert.Equal(JsonValueKind.Null, delivered.GetProperty("error").ValueKind);
        Assert.Single(receiver.All.Select(request => request.Id).Distinct());
        await WaitForFailingAsync(tenant, webhook, JsonValueKind.Null);
    }

    [Fact]
    public async Task Receiver_ThatAlwaysFails_IsAskedTenTimesAtGrowingIntervals()
    {
        await using var receiver = await Receiver.StartAsync(503);
        var (tenant, webhook) = await ArrangeAsync(receiver.Url);
        TimeSpan[] delays =
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
        ];

        foreach (var (index, expected) in delays.Index())
        {
            var delivery = await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == index + 1);
            var delay = delivery.GetProperty("nextAttemptAt").GetDateTimeOffset()
                - delivery.GetProperty("lastAttemptAt").GetDateTimeOffset();
            Assert.InRange(delay, expected * 0.9 - TimeSpan.FromMilliseconds(2), expected * 1.1 + TimeSpan.FromMilliseconds(2));
            await server.PassAsync(webhook);
        }

        var last = await tenant.WaitForDeliveryAsync(webhook, one => one.Is("failed"));
        Assert.Equal(10, last.Attempts());
        Assert.Equal(JsonValueKind.Null, last.GetProperty("nextAttemptAt").ValueKind);
        Assert.Equal(10, receiver.All.Count);
    }

    [Theory]
    [InlineData("3600", 3_600)]
    [InlineData("9999999", 86_400)]
    [InlineData("0", 5)]
    public async Task Receiver_WithRetryAfter_IsLeftAloneForThatTimeUpToADay(string header, int seconds)
    {
        await using var receiver = await Receiver.StartAsync((_, response) =>
        {
            (response.StatusCode, response.Headers.RetryAfter) = (429, header);
            return Task.CompletedTask;
        });
        var (tenant, webhook) = await ArrangeAsync(receiver.Url);

        var delivery = await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() > 0);

        var delay = delivery.GetProperty("nextAttemptAt").GetDateTimeOffset() - delivery.GetProperty("lastAttemptAt").GetDateTimeOffset();
        Assert.InRange(delay.TotalSeconds, (seconds * 0.9) - 0.1, (seconds * 1.1) + 0.1);
    }

    [Fact]
    public async Task Receiver_ThatDoesNotAnswer_FailsAfterTheLimit()
    {
        await using var receiver = await Receiver.StartAsync(
            (_, response) => Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted));
        var (tenant, webhook) = await ArrangeAsync(receiver.Url);

        var delivery = await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 1);

        Assert.Equal("The receiver did not answer within 2 seconds.", delivery.Text("error"));
        Assert.Equal(JsonValueKind.Null, delivery.GetProperty("responseStatus").ValueKind);
    }

    [Fact]
    public async Task Receiver_ThatTrickles_FailsAfterTheLimit()
    {
        await using var receiver = await Receiver.StartAsync(async (_, response) =>
        {
            response.StatusCode = 200;
            while (!response.HttpContext.RequestAborted.IsCancellationRequested)
            {
                await response.WriteAsync("x");
                await response.Body.FlushAsync();
                await Task.Delay(50);
            }
        });
        var (tenant, webhook) = await ArrangeAsync(receiver.Url);

        var delivery = await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 1);

        Assert.Equal(("pending", 200, null, "The receiver did not answer within 2 seconds."), Of(delivery));
    }

    [Fact]
    public async Task Receiver_ThatAnswersAGigabyte_IsReadUpTo4KilobytesOfWhich1IsKept()
    {
        const int Block = 1_024 * 1_024;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var receiver = AnswerAsync();
        var (tenant, webhook) = await ArrangeAsync($"http://{listener.LocalEndpoint}/hook");

        var delivery = await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 1);

        Assert.Equal(("delivered", 200, new string('x', 1_024), null), Of(delivery));
        Assert.InRange(await receiver, 0, 64 * Block);

        // Without a web server, whose writes do not tell whether somebody still reads.
        async Task<long> AnswerAsync()
        {
            await using var stream = new NetworkStream(
                await listener.AcceptSocketAsync(TestContext.Current.CancellationToken), ownsSocket: true);
            await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken);
            await stream.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var block = new byte[Block];
            block.AsSpan().Fill((byte)'x');
            var sent = 0L;
            try
            {
                for (; sent < 1_024 * Block; sent += Block)
                {
                    await stream.WriteAsync(block, TestContext.Current.CancellationToken);
                }
            }
            catch (IOException)
            {
                // The server has closed the connection.
            }

            return sent;
        }
    }

    [Fact]
    public async Task Receiver_ThatRedirects_FailsWithoutARequestElsewhere()
    {
        await using var other = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync((_, response) =>
        {
            (response.StatusCode, response.Headers.Location) = (307, other.Url);
            return Task.CompletedTask;
        });
        var (tenant, webhook) = await ArrangeAsync(receiver.Url);

        var delivery = await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 1);

        Assert.Equal(("pending", 307, null, "The receiver redirects. Webhooks follow no redirects."), Of(delivery));
        Assert.Empty(other.All);
    }

    [Fact]
    public async Task Receiver_ThatAnswers410_DisablesItsWebhookAndTellsTheOthers()
    {
        await using var receiver = await Receiver.StartAsync(410);
        await using var other = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync(receiver.Url, new { eventTypes = new[] { "account:*" } })).Id;
        await tenant.CreateWebhookAsync(other.Url, new { eventTypes = new[] { "webhook:disabled" } });

        await tenant.CreateAccountAsync();
        var request = await other.NextAsync();

        Assert.Equal("webhook:disabled", request.Type);
        var told = request.Json.GetProperty("payload").GetProperty("webhook");
        Assert.Equal((webhook, "gone"), (told.Text("id"), told.Text("disabledReason")));
        Assert.False(told.TryGetProperty("secret", out _));
        var shown = await tenant.GetWebhookAsync(webhook);
        Assert.False(shown["isActive"].GetBoolean());
        var failed = await tenant.WaitForDeliveryAsync(webhook, one => one.Is("failed"));
        Assert.Equal(("failed", 410, null, "The receiver answered 410."), Of(failed));
    }

    [Fact]
    public async Task Receiver_WithoutASuccessForFiveDays_IsDisabledAndCanBeEnabledAgain()
    {
        var isDown = true;
        await using var receiver = await Receiver.StartAsync((_, response) =>
        {
            response.StatusCode = Volatile.Read(ref isDown) ? 500 : 200;
            return Task.CompletedTask;
        });
        var (tenant, webhook) = await ArrangeAsync(receiver.Url);
        await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 1);
        await WaitForFailingAsync(tenant, webhook, JsonValueKind.String);

        await server.ExecuteAsync(
            $"update webhooks set failing_since = now() - interval '4 days 23 hours' where id = '{WebhookServer.IdOf(webhook)}'");
        await server.PassAsync(webhook);
        await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 2);
        Assert.True((await tenant.GetWebhookAsync(webhook))["isActive"].GetBoolean());
        await server.ExecuteAsync(
            $"update webhooks set failing_since = now() - interval '5 days 1 second' where id = '{WebhookServer.IdOf(webhook)}'");
        await server.PassAsync(webhook);
        await GivenWebhooks.WaitForAsync(async () => !(await tenant.GetWebhookAsync(webhook))["isActive"].GetBoolean());

        Assert.Equal("failing", (await tenant.GetWebhookAsync(webhook)).TextOf("disabledReason"));
        var events = (await tenant.Client.Get("/v1/accounts/events?types=webhook:disabled")).Expect(200)["events"];
        Assert.Equal(webhook, Assert.Single(events.EnumerateArray()).GetProperty("payload").GetProperty("webhook").Text("id"));
        Volatile.Write(ref isDown, false);
        await tenant.CreateAccountAsync(new { name = "Not sent" });
        var enabled = (await tenant.Client.Put($"{Paths.Webhooks}/{webhook}", new { isActive = true })).Expect(200);
        Assert.Equal(JsonValueKind.Null, enabled["disabledAt"].ValueKind);
        await tenant.CreateAccountAsync(new { name = "Sent" });
        await server.PassAsync(webhook);
        await tenant.WaitForDeliveriesAsync(webhook, 2, one => one.Is("delivered"));
        Assert.DoesNotContain(receiver.All, request => request.Body.Contains("Not sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SlowReceiver_OfOneWebhook_DoesNotHoldUpAnother()
    {
        await using var slow = await Receiver.StartAsync(
            (_, response) => Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted));
        await using var fast = await Receiver.StartAsync();
        var tenant = await server.CreateTenantAsync();
        var slowWebhook = (await tenant.CreateWebhookAsync(slow.Url)).Id;
        var fastWebhook = (await tenant.CreateWebhookAsync(fast.Url)).Id;

        await tenant.CreateAccountsAsync(30);
        await GivenWebhooks.WaitForAsync(() => Task.FromResult(fast.All.Count == 30));

        await tenant.WaitForDeliveriesAsync(fastWebhook, 30, one => one.Is("delivered"));
        Assert.DoesNotContain(await tenant.ListDeliveriesAsync(slowWebhook), one => one.Is("delivered"));
    }

    private static Task WaitForFailingAsync(Tenant tenant, string webhook, JsonValueKind kind) => GivenWebhooks.WaitForAsync(
        async () => (await tenant.GetWebhookAsync(webhook))["failingSince"].ValueKind == kind);

    private async Task<(Tenant Tenant, string Webhook)> ArrangeAsync(string url)
    {
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync(url, new { eventTypes = new[] { "account:*" } })).Id;
        await tenant.CreateAccountAsync();
        return (tenant, webhook);
    }

    private static (string Status, int? ResponseStatus, string? Response, string? Error) Of(JsonElement delivery) => (
        delivery.Text("status"),
        delivery.GetProperty("responseStatus").ValueKind == JsonValueKind.Null ? null : delivery.GetProperty("responseStatus").GetInt32(),
        delivery.GetProperty("response").GetString(),
        delivery.GetProperty("error").GetString());
}
