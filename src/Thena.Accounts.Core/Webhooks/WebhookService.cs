using System.Security.Cryptography;
using Thena.Accounts.Core.Normalization;
using Thena.Accounts.Postgres.Changes;
using Thena.Accounts.Postgres.Reading;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Writing;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>Manages the webhooks of the organization (extension: webhooks).</summary>
public sealed class WebhookService(
    Records records, Writes writes, ChangeFeed feed, WebhookTargets targets, IWebhookSecrets secrets)
{
    /// <summary>The largest number of webhooks of an organization.</summary>
    public const int MaxCount = 25;

    internal static readonly Error NotFound = Error.NotFound("Webhook not found!");

    private const int SecretBytes = 32;
    private const int DefaultOverlapHours = 24;

    private static readonly Error TooMany = Error.Conflict("An organization can have at most 25 webhooks!");

    /// <summary>Lists all webhooks, newest first.</summary>
    public async Task<IReadOnlyList<WebhookResponse>> ListAsync(CancellationToken cancellationToken) => await records.ToListAsync(
        records.Of<Webhook>(), (webhook, _) => WebhookResponse.From(webhook), RecordOrder.Newest, cancellationToken);

    /// <summary>Gets a webhook.</summary>
    public async Task<Result<WebhookResponse>> GetAsync(Ulid id, CancellationToken cancellationToken) =>
        await records.FirstOrDefaultAsync(
            records.Of<Webhook>().Where(nameof(Webhook.Id), id), (webhook, _) => WebhookResponse.From(webhook), cancellationToken)
            is { } found ? found : NotFound;

    /// <summary>Creates a webhook, which gets the events from now on.</summary>
    public async Task<Result<WebhookWithSecretResponse>> CreateAsync(CreateWebhookRequest request, CancellationToken cancellationToken)
    {
        if (await CheckUrlAsync(request, cancellationToken) is { } problem)
        {
            return problem;
        }

        await feed.NumberAsync(records.OrganizationId, cancellationToken);
        return await writes.RunAsync<WebhookWithSecretResponse>(
            async unit =>
            {
                // The lock makes those who create webhooks wait for each other, so that the count holds.
                var last = ReadEnd(unit, isLocked: true);
                var count = unit.Count(unit.Of<Webhook>());
                await unit.SendAsync();
                if (count[0] >= MaxCount)
                {
                    return TooMany;
                }

                var secret = NewSecret();
                var webhook = unit.Stamp.New(new Webhook
                {
                    Url = request.Url.Value!.Trim(),
                    EventTypes = [Events.EventTypes.Everything],
                    Envelope = WebhookEnvelope.Flat,
                    Secret = secrets.Protect(secret),
                });
                Apply(webhook, request, last);
                webhook.Position = last.SingleOrDefault();
                unit.Insert(webhook);
                unit.Execute($"update organizations set has_webhooks = true where id = {unit.OrganizationId} and not has_webhooks");
                return new WebhookWithSecretResponse(WebhookResponse.From(webhook), secret);
            },
            cancellationToken);
    }

    /// <summary>Updates a webhook.</summary>
    public async Task<Result<WebhookResponse>> UpdateAsync(Ulid id, UpdateWebhookRequest request, CancellationToken cancellationToken)
    {
        if (await CheckUrlAsync(request, cancellationToken) is { } problem)
        {
            return problem;
        }

        if (request.IsActive.IsSet)
        {
            await feed.NumberAsync(records.OrganizationId, cancellationToken);
        }

        return await writes.UpdateAsync(
            unit => unit.Of<Webhook>(),
            id,
            NotFound,
            unit =>
            {
                var last = ReadEnd(unit, isLocked: false);
                return webhook =>
                {
                    Apply(webhook, request, last);
                    return null;
                };
            },
            (webhook, _) => WebhookResponse.From(webhook),
            cancellationToken);
    }

    /// <summary>Deletes a webhook, and with it its secrets.</summary>
    public Task<Result> DeleteAsync(Ulid id, CancellationToken cancellationToken) => writes.RunAsync(
        async unit =>
        {
            var found = unit.Lock(unit.Of<Webhook>().Where(nameof(Webhook.Id), id), RowLock.Delete);
            await unit.SendAsync();
            if (found is not [var webhook])
            {
                return NotFound;
            }

            if (unit.Check(webhook) is { } conflict)
            {
                return conflict;
            }

            (webhook.Secret, webhook.PreviousSecret, webhook.Headers) = ("", null, WebhookHeaders.Write(null));
            unit.Delete(webhook);
            return Result.Done;
        },
        cancellationToken);

    /// <summary>Replaces the secret. Requests are signed with both for a while.</summary>
    public async Task<Result<WebhookWithSecretResponse>> RotateSecretAsync(
        Ulid id, RotateSecretRequest request, CancellationToken cancellationToken)
    {
        var secret = NewSecret();
        return await writes.UpdateAsync(
            unit => unit.Of<Webhook>(),
            id,
            NotFound,
            unit => webhook =>
            {
                var overlap = TimeSpan.FromHours(request.OverlapHours.Value ?? DefaultOverlapHours);
                webhook.PreviousSecret = overlap > TimeSpan.Zero ? webhook.Secret : null;
                webhook.PreviousSecretUntil = overlap > TimeSpan.Zero ? unit.Stamp.Now + overlap : null;
                webhook.Secret = secrets.Protect(secret);
                return null;
            },
            (webhook, _) => new WebhookWithSecretResponse(WebhookResponse.From(webhook), secret),
            cancellationToken);
    }

    private static void Apply(Webhook webhook, WebhookFields request, IReadOnlyList<long> end)
    {
        webhook.Url = StringNormalization.TrimToNull(request.Url.Value) ?? webhook.Url;
        webhook.EventTypes = request.EventTypes.IsSet
            ? [.. request.EventTypes.Value is { Count: > 0 } types ? types.Distinct() : [Events.EventTypes.Everything]]
            : webhook.EventTypes;
        webhook.Changed = request.Changed.IsSet ? [.. request.Changed.Value?.Distinct() ?? []] : webhook.Changed;
        webhook.Description = request.Description.IsSet
            ? StringNormalization.TrimToNull(request.Description.Value)
            : webhook.Description;
        webhook.Headers = request.Headers.IsSet ? WebhookHeaders.Write(request.Headers.Value) : webhook.Headers;
        webhook.Envelope = request.Envelope.IsSet
            ? StringNormalization.TrimToNull(request.Envelope.Value) ?? WebhookEnvelope.Flat
            : webhook.Envelope;
        if (!request.IsActive.IsSet)
        {
            return;
        }

        var isActive = request.IsActive.Value ?? true;
        if (isActive && !webhook.IsActive)
        {
            // What has happened in the meantime is not sent.
            webhook.Position = Math.Max(webhook.Position, end.SingleOrDefault());
            (webhook.DisabledAt, webhook.DisabledReason, webhook.FailingSince) = (null, null, null);
        }

        webhook.IsActive = isActive;
    }

    /// <summary>Reads the last number of the feed.</summary>
    private static IReadOnlyList<long> ReadEnd(Unit unit, bool isLocked) => isLocked
        ? unit.Read(
            $"select last_sequence from change_heads where organization_id = {unit.OrganizationId} for no key update",
            row => row.GetInt64(0))
        : unit.Read(
            $"select last_sequence from change_heads where organization_id = {unit.OrganizationId}", row => row.GetInt64(0));

    private static string NewSecret() =>
        WebhookSignature.SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    private async Task<Error?> CheckUrlAsync(WebhookFields request, CancellationToken cancellationToken) =>
        StringNormalization.TrimToNull(request.Url.Value) is { } url
            && await targets.FindProblemAsync(url, cancellationToken) is { } problem
            ? Error.Invalid([new FieldError("url", $"url {problem}")])
            : null;
}
