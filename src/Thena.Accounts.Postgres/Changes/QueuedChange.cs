using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>A change without a number in the feed. It gets one after its transaction has been committed.</summary>
public sealed class QueuedChange : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; init; }

    /// <summary>The ID of the change.</summary>
    public required Ulid ChangeId { get; init; }
}

internal sealed class QueuedChangeConfiguration : IEntityTypeConfiguration<QueuedChange>
{
    public void Configure(EntityTypeBuilder<QueuedChange> builder)
    {
        builder.ToTable("change_queue");
        builder.HasKey(change => new { change.OrganizationId, change.ChangeId });
    }
}
