using System.Text.Json;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>Webhooks and their deliveries.</summary>
public static class GivenWebhooks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Posts a webhook.</summary>
    public static Task<Answer> PostWebhookAsync(this Tenant tenant, string url, object? members = null) =>
        tenant.Client.Post(Paths.Webhooks, Given.Merge(new { url }, members));

    /// <summary>Creates a webhook.</summary>
    public static async Task<Answer> CreateWebhookAsync(this Tenant tenant, string url, object? members = null) =>
        (await tenant.PostWebhookAsync(url, members)).Expect(201);

    /// <summary>Gets a webhook.</summary>
    public static async Task<Answer> GetWebhookAsync(this Tenant tenant, string id) =>
        (await tenant.Client.Get($"{Paths.Webhooks}/{id}")).Expect(200);

    /// <summary>Does something with a webhook.</summary>
    public static Task<Answer> PostToWebhookAsync(this Tenant tenant, string id, string action, object? body = null) =>
        tenant.Client.Send(HttpMethod.Post, $"{Paths.Webhooks}/{id}/{action}", body);

    /// <summary>Lists deliveries, newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ListDeliveriesAsync(this Tenant tenant, string id, string query = "limit=100") =>
        [.. (await tenant.Client.Get($"{Paths.Webhooks}/{id}/deliveries?{query}")).Expect(200).Json.EnumerateArray()];

    /// <summary>Waits until all deliveries of a webhook are as a test wants them.</summary>
    public static async Task<IReadOnlyList<JsonElement>> WaitForDeliveriesAsync(
        this Tenant tenant, string id, int count, Func<JsonElement, bool> isRight)
    {
        IReadOnlyList<JsonElement> deliveries = [];
        for (var until = TimeProvider.System.GetUtcNow() + Patience; TimeProvider.System.GetUtcNow() < until;)
        {
            deliveries = await tenant.ListDeliveriesAsync(id);
            if (deliveries.Count == count && deliveries.All(isRight))
            {
                return deliveries;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The deliveries are {string.Join(", ", deliveries)}");
    }

    /// <summary>Waits until the only delivery of a webhook is as a test wants it.</summary>
    public static async Task<JsonElement> WaitForDeliveryAsync(this Tenant tenant, string id, Func<JsonElement, bool> isRight) =>
        (await tenant.WaitForDeliveriesAsync(id, 1, isRight))[0];

    /// <summary>Waits for something.</summary>
    public static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        for (var until = TimeProvider.System.GetUtcNow() + Patience; TimeProvider.System.GetUtcNow() < until;)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException();
    }

    /// <summary>Whether a delivery has a status.</summary>
    public static bool Is(this JsonElement delivery, string status) => delivery.Text("status") == status;

    /// <summary>The number of attempts.</summary>
    public static int Attempts(this JsonElement delivery) => delivery.GetProperty("attempts").GetInt32();
}
