using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Persistence;

/// <summary>A row that belongs to an organization. Its key starts with the organization, which is stamped when the row is added.</summary>
public interface ITenantScoped
{
    /// <summary>The organization that owns the row.</summary>
    Ulid OrganizationId { get; }
}

/// <summary>What the records of an organization have in common. The database layer fills all of it.</summary>
public abstract class TenantEntity : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The record's id, unique within its organization and growing in order of creation.</summary>
    public Ulid Id { get; private set; }

    /// <summary>When the record was created.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When something about the record last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>When the record was deleted; <see langword="null"/> while it lives.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Fills what the database layer fills, for rows that are inserted as a set.</summary>
    internal void Stamp(Ulid organizationId, Ulid id)
    {
        OrganizationId = organizationId;
        Id = id;
        CreatedAt = UpdatedAt = id.Time;
    }
}

/// <summary>The parts of a mapping that all tables of an organization share.</summary>
internal static class TenantEntityMapping
{
    /// <summary>The predicate of indexes over living rows.</summary>
    public const string Living = "deleted_at is null";

    /// <summary>Maps the key and what the database layer fills.</summary>
    public static void HasRecordKey<TRecord>(this EntityTypeBuilder<TRecord> builder)
        where TRecord : TenantEntity
    {
        builder.HasKey(record => new { record.OrganizationId, record.Id });
        builder.Property(record => record.OrganizationId).ValueGeneratedNever();
        builder.Property(record => record.Id).HasValueGenerator<IdValueGenerator>();
    }

    /// <summary>Maps a reference to another record of the organization, with an index of the living rows that refer to it.</summary>
    /// <param name="builder">The mapping.</param>
    /// <param name="navigation">The record referred to.</param>
    /// <param name="key">The columns of the reference, the organization first.</param>
    public static void HasReference<TRecord, TTarget>(
        this EntityTypeBuilder<TRecord> builder, Expression<Func<TRecord, TTarget?>> navigation, Expression<Func<TRecord, object?>> key)
        where TRecord : TenantEntity
        where TTarget : TenantEntity => builder.HasReference(navigation, key, listed: key);

    /// <summary>The same for a reference whose records are listed, newest first.</summary>
    /// <param name="builder">The mapping.</param>
    /// <param name="navigation">The record referred to.</param>
    /// <param name="key">The columns of the reference, the organization first.</param>
    /// <param name="listed">Those columns and the id.</param>
    public static void HasReference<TRecord, TTarget>(
        this EntityTypeBuilder<TRecord> builder,
        Expression<Func<TRecord, TTarget?>> navigation,
        Expression<Func<TRecord, object?>> key,
        Expression<Func<TRecord, object?>> listed)
        where TRecord : TenantEntity
        where TTarget : TenantEntity
    {
        builder.HasOne(navigation).WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(listed).HasFilter(Living);
    }
}

/// <summary>Deletes records: they stay in their tables, and are gone from every query.</summary>
internal static class SoftDeletion
{
    /// <summary>Deletes all records of a query, in one statement.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> SoftDeleteAsync<TRecord>(
        this IQueryable<TRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
        where TRecord : TenantEntity =>
        records.ExecuteUpdateAsync(set => set.SetProperty(record => record.DeletedAt, now), cancellationToken);
}
