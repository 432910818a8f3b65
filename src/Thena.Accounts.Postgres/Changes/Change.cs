using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>
/// What one transaction did to one record. Written in that transaction and never changed: the history of the record, an event of the feed,
/// and what webhooks deliver.
/// </summary>
public sealed class Change : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; init; }

    /// <summary>The ID. Its time is the <c>updatedAt</c> that the record got, so a later change of a record has the greater ID.</summary>
    public required Ulid Id { get; init; }

    /// <summary>The name of the event, such as <c>account:updated</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The ID of the record.</summary>
    public required Ulid RecordId { get; init; }

    /// <summary>The IDs of the accounts that the record belongs to, as a JSON array; null if there are none, or it is an account.</summary>
    public string? AccountIds { get; init; }

    /// <summary>The number of the change among those of the record, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The members that were changed, as a JSON array of texts; for an object with free keys, one text a key.</summary>
    public required string Changed { get; init; }

    /// <summary>Of an update, the changed members as they were; of a deletion, the whole record. JSON.</summary>
    public string? Before { get; init; }

    /// <summary>The record as the API shows it; null for a deletion. JSON.</summary>
    public string? After { get; init; }

    /// <summary>The user who may see the record as it is after the change; null if all may.</summary>
    public Ulid? VisibleTo { get; init; }

    /// <summary>The user who may see the record as it was before the change; null if all may.</summary>
    public Ulid? BeforeVisibleTo { get; init; }

    /// <summary>The user whose key was used, if it was a request.</summary>
    public Ulid? ActorId { get; init; }

    /// <summary>The key that was used, if it was a request.</summary>
    public Ulid? ApiKeyId { get; init; }

    /// <summary>The ID of the request, if it was one.</summary>
    public string? RequestId { get; init; }

    /// <summary>What the change came from, see <see cref="ChangeSource"/>.</summary>
    public required string Source { get; init; }

    /// <summary>The time at which the change was made here. Imports can make changes of the past.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
}

internal sealed class ChangeConfiguration : IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Change> builder)
    {
        builder.ToTable("changes");
        builder.HasKey(change => new { change.OrganizationId, change.Id });
        builder.Property(change => change.AccountIds).HasColumnType("jsonb");
        builder.Property(change => change.Changed).HasColumnType("json");
        builder.Property(change => change.Before).HasColumnType("json");
        builder.Property(change => change.After).HasColumnType("json");
        builder.HasIndex(change => new { change.OrganizationId, change.RecordId, change.Version });

        // For the history of an account with all that belongs to it. The changes of accounts themselves are not in it.
        builder.HasIndex(change => change.AccountIds).HasMethod("gin").HasFilter("account_ids is not null")
            .HasStorageParameter("gin_pending_list_limit", 1_024);

        // Rows are added in the order of this time, so the index has one entry for many pages. For the removal of old changes.
        builder.HasIndex(change => new { change.OrganizationId, change.OccurredAt }).HasMethod("brin");
    }
}
