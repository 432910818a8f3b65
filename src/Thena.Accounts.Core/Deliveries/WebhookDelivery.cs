using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Core.Deliveries;

/// <summary>
/// An event for a webhook. Its body is made from the change on each attempt, so that nothing of a person is stored here but what the
/// receiver answers.
/// </summary>
public sealed class WebhookDelivery : TenantEntity
{
    /// <summary>The ID of the webhook.</summary>
    public Ulid WebhookId { get; init; }

    /// <summary>The ID of the event, which is sent as <c>webhook-id</c> on each attempt.</summary>
    public required string EventId { get; init; }

    /// <summary>The type of the event.</summary>
    public required string EventType { get; init; }

    /// <summary>The ID of the change; null for a test.</summary>
    public Ulid? ChangeId { get; init; }

    /// <summary>The ID of the record. Its events are delivered one after the other.</summary>
    public Ulid RecordId { get; init; }

    /// <summary>The number of the change in the feed; 0 for a test.</summary>
    public long Sequence { get; init; }

    /// <summary>What caused it, see <see cref="WebhookTrigger"/>.</summary>
    public required string Trigger { get; set; }

    /// <summary>See <see cref="WebhookDeliveryStatus"/>.</summary>
    public required string Status { get; set; }

    /// <summary>The number of attempts that have ended.</summary>
    public int Attempts { get; set; }

    /// <summary>The time of the next attempt; null if there is none.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>The time until which a server has the delivery to itself.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>The time of the last attempt.</summary>
    public DateTimeOffset? LastAttemptAt { get; set; }

    /// <summary>The HTTP status of the last answer.</summary>
    public int? ResponseStatus { get; set; }

    /// <summary>The beginning of the last answer's body.</summary>
    public string? Response { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; set; }

    /// <summary>The duration of the last attempt, in milliseconds.</summary>
    public int? DurationMs { get; set; }
}

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    private const string Pending = $"status = '{WebhookDeliveryStatus.Pending}'";

    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_deliveries");
        builder.HasRecordKey();

        // For what is due, and for the first delivery of a record. Both end with what the statements order by. That makes PostgreSQL take
        // the right one even while its statistics say nothing, as after the first large import. The wrong one would read all that is
        // pending for each delivery.
        builder.HasIndex(delivery => new { delivery.OrganizationId, delivery.WebhookId, delivery.NextAttemptAt, delivery.Id })
            .HasFilter(Pending);
        builder.HasIndex(delivery => new { delivery.OrganizationId, delivery.WebhookId, delivery.RecordId, delivery.Sequence, delivery.Id })
            .HasFilter(Pending);

        // For lists.
        builder.HasIndex(delivery => new { delivery.OrganizationId, delivery.WebhookId, delivery.Id });
        builder.HasIndex(delivery => new { delivery.OrganizationId, delivery.WebhookId, delivery.Status, delivery.Id });

        // For the erasure of a person, whose data a receiver may have answered.
        builder.HasIndex(delivery => new { delivery.OrganizationId, delivery.RecordId });
    }
}
