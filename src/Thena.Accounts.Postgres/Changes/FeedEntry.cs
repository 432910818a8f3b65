using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Changes;

/// <summary>The place of a change in the feed of its organization.</summary>
public sealed class FeedEntry : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; init; }

    /// <summary>The number, from 1, without gaps. What has been committed later has the greater number.</summary>
    public long Sequence { get; init; }

    /// <summary>The ID of the change.</summary>
    public Ulid ChangeId { get; init; }
}

internal sealed class FeedEntryConfiguration : IEntityTypeConfiguration<FeedEntry>
{
    public void Configure(EntityTypeBuilder<FeedEntry> builder)
    {
        builder.ToTable("change_feed");
        builder.HasKey(entry => new { entry.OrganizationId, entry.Sequence });
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
    }
}
