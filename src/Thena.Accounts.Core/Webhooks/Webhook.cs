using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Core.Json;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Webhooks;

/// <summary>
/// A URL to which events are delivered. It is a setting, not a record: it has no history. The dispatcher changes what follows
/// <see cref="Position"/> without a new version.
/// </summary>
public sealed class Webhook : TenantEntity
{
    /// <summary>The URL.</summary>
    public required string Url { get; set; }

    /// <summary>The types of events: names, prefixes such as <c>account:*</c>, or <c>*</c>.</summary>
    public required string[] EventTypes { get; set; }

    /// <summary>The members of which an update has to change one. Empty for all updates.</summary>
    public string[] Changed { get; set; } = [];

    /// <summary>What the webhook is for.</summary>
    public string? Description { get; set; }

    /// <summary>The headers of each request, a JSON object.</summary>
    public RawJson Headers { get; set; } = RawJson.EmptyObject;

    /// <summary>What the body is, see <see cref="WebhookEnvelope"/>.</summary>
    public required string Envelope { get; set; }

    /// <summary>Whether events are delivered.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>The time at which the server disabled the webhook, if it did.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Why the server disabled the webhook, see <see cref="WebhookDisabledReason"/>.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>The secret that signs requests, encrypted.</summary>
    public required string Secret { get; set; }

    /// <summary>The secret before, which signs requests too, encrypted.</summary>
    public string? PreviousSecret { get; set; }

    /// <summary>The time until which the secret before signs requests.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; set; }

    /// <summary>The number in the feed up to which deliveries have been made.</summary>
    public long Position { get; set; }

    /// <summary>The time of the first failure after the last success; null if the last attempt succeeded.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>The number in the feed up to which events have been replayed; null if there is nothing to replay.</summary>
    public long? ReplayAfter { get; set; }

    /// <summary>The number in the feed after which nothing is replayed.</summary>
    public long ReplayUntil { get; set; }

    /// <summary>The number of events that may still be replayed.</summary>
    public int ReplayLeft { get; set; }

    /// <summary>Whether only deliveries that have failed are replayed.</summary>
    public bool ReplayOnlyFailed { get; set; }

    /// <summary>The time at which the replay was asked for. What fails after it is not replayed again.</summary>
    public DateTimeOffset? ReplayRequestedAt { get; set; }
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks");
        builder.HasRecordKey();
    }
}
