using Microsoft.AspNetCore.Mvc;
using Thena.Accounts.Api.Binding;
using Thena.Accounts.Api.Errors;
using Thena.Accounts.Api.OpenApi;
using Thena.Accounts.Core;
using Thena.Accounts.Core.Deliveries;
using Thena.Accounts.Core.Webhooks;

namespace Thena.Accounts.Api.Webhooks;

/// <summary>The operations on webhooks. They are extensions of this server.</summary>
[ApiController]
[Route("v1/accounts/webhooks")]
[WakesDispatcher]
[Section(
    "Webhooks",
    130,
    Description = "URLs to which events are sent, signed as Standard Webhooks 1.0 says.")]
[Extension]
public sealed class WebhooksController(WebhookService webhooks, WebhookDeliveryService deliveries) : ControllerBase
{
    private const string IdRequired = "Webhook ID is required!";

    /// <summary>List webhooks</summary>
    /// <remarks>Returns all webhooks, from newest to oldest.</remarks>
    [HttpGet]
    [ProducesJson<IReadOnlyList<WebhookResponse>>(200)]
    public async Task<ActionResult<IReadOnlyList<WebhookResponse>>> ListWebhooks(CancellationToken cancellationToken) =>
        new OkObjectResult(await webhooks.ListAsync(cancellationToken)) { DeclaredType = typeof(IReadOnlyList<WebhookResponse>) };

    /// <summary>Create a webhook</summary>
    /// <remarks>
    /// Sends the events from now on. The response has the secret that signs requests; no later one shows it. An organization can have 25.
    /// </remarks>
    [HttpPost]
    [ProducesJson<WebhookWithSecretResponse>(201), ProducesErrors(400, 409, 413, 415)]
    public async Task<ActionResult<WebhookWithSecretResponse>> CreateWebhook(
        CreateWebhookRequest request, CancellationToken cancellationToken) =>
        (await webhooks.CreateAsync(request, cancellationToken)).ToCreated();

    /// <summary>Get a webhook</summary>
    /// <remarks>Also says whether the server has disabled it, and why.</remarks>
    [HttpGet("{id}")]
    [RequiredId(IdRequired)]
    [ProducesJson<WebhookResponse>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<WebhookResponse>> GetWebhook(Ulid id, CancellationToken cancellationToken) =>
        (await webhooks.GetAsync(id, cancellationToken)).ToOk();

    /// <summary>Update a webhook</summary>
    /// <remarks><c>isActive: true</c> also enables a webhook that the server has disabled. The events in between are not sent.</remarks>
    [HttpPut("{id}")]
    [RequiredId(IdRequired)]
    [ProducesJson<WebhookResponse>(200), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<WebhookResponse>> UpdateWebhook(
        Ulid id, UpdateWebhookRequest request, CancellationToken cancellationToken) =>
        (await webhooks.UpdateAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Delete a webhook</summary>
    /// <remarks>What has not been sent yet is not sent any more.</remarks>
    [HttpDelete("{id}")]
    [RequiredId(IdRequired)]
    [ProducesResponseType(200), ProducesErrors(400, 404)]
    public async Task<ActionResult> DeleteWebhook(Ulid id, CancellationToken cancellationToken) =>
        (await webhooks.DeleteAsync(id, cancellationToken)).ToEmpty();

    /// <summary>Replace the secret of a webhook</summary>
    /// <remarks>
    /// Returns a new secret. For <c>overlapHours</c>, requests have two signatures, the one with the new secret first, so that receivers
    /// can change to it in the meantime.
    /// </remarks>
    [HttpPost("{id}/rotate-secret")]
    [RequiredId(IdRequired)]
    [ProducesJson<WebhookWithSecretResponse>(200), ProducesErrors(400, 404, 413, 415)]
    public async Task<ActionResult<WebhookWithSecretResponse>> RotateWebhookSecret(
        Ulid id, RotateSecretRequest request, CancellationToken cancellationToken) =>
        (await webhooks.RotateSecretAsync(id, request, cancellationToken)).ToOk();

    /// <summary>Send a test event</summary>
    /// <remarks>
    /// Sends an event of the type <c>webhook:test</c>, once. Find out in the list of deliveries what the receiver has answered.
    /// </remarks>
    [HttpPost("{id}/test")]
    [RequiredId(IdRequired)]
    [ProducesJson<WebhookDeliveryResponse>(201), ProducesErrors(400, 404, 409)]
    public async Task<ActionResult<WebhookDeliveryResponse>> TestWebhook(Ulid id, CancellationToken cancellationToken) =>
        (await deliveries.TestAsync(id, cancellationToken)).ToCreated();

    /// <summary>Send events again</summary>
    /// <remarks>
    /// Sends the events after a cursor of the feed, or since a time, again: 100,000 at most. They have the same <c>webhook-id</c> as
    /// before. With <c>onlyFailed</c>, only those are sent whose delivery has failed.
    /// </remarks>
    [HttpPost("{id}/replay")]
    [RequiredId(IdRequired)]
    [ProducesJson<WebhookResponse>(200), ProducesErrors(400, 404, 409, 410, 413, 415)]
    public async Task<ActionResult<WebhookResponse>> ReplayWebhook(
        Ulid id, ReplayWebhookRequest request, CancellationToken cancellationToken) =>
        (await deliveries.ReplayAsync(id, request, cancellationToken)).ToOk();

    /// <summary>List the deliveries of a webhook</summary>
    /// <remarks>Sorted from newest to oldest.</remarks>
    [HttpGet("{id}/deliveries")]
    [RequiredId(IdRequired)]
    [ProducesJson<IReadOnlyList<WebhookDeliveryResponse>>(200), ProducesErrors(400, 404)]
    public async Task<ActionResult<IReadOnlyList<WebhookDeliveryResponse>>> ListWebhookDeliveries(
        Ulid id, [FromQuery] ListDeliveriesQuery query, CancellationToken cancellationToken) =>
        (await deliveries.ListAsync(id, query, cancellationToken)).ToList(query, HttpContext);

    /// <summary>Retry a delivery</summary>
    /// <remarks>Sends the event again, whether it has arrived or not. A delivery that is pending is sent at once.</remarks>
    [HttpPost("{id}/deliveries/{deliveryId}/retry")]
    [RequiredId(IdRequired)]
    [ProducesJson<WebhookDeliveryResponse>(200), ProducesErrors(400, 404, 409)]
    public async Task<ActionResult<WebhookDeliveryResponse>> RetryWebhookDelivery(
        Ulid id, Ulid deliveryId, CancellationToken cancellationToken) =>
        (await deliveries.RetryAsync(id, deliveryId, cancellationToken)).ToOk();
}
