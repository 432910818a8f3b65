using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>The ends of the feed of an organization. Whoever numbers changes locks the row.</summary>
public sealed class FeedHead : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; init; }

    /// <summary>The last number that a change has got.</summary>
    public long LastSequence { get; init; }

    /// <summary>The last number that has been removed because it was too old; 0 if none has.</summary>
    public long RemovedSequence { get; init; }
}

internal sealed class FeedHeadConfiguration : IEntityTypeConfiguration<FeedHead>
{
    public void Configure(EntityTypeBuilder<FeedHead> builder)
    {
        builder.ToTable("change_heads");
        builder.HasKey(head => head.OrganizationId);
    }
}
