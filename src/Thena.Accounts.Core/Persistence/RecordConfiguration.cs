using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Core.Persistence;

/// <summary>The parts of a mapping that all tables of an organization share.</summary>
internal static class RecordConfiguration
{
    /// <summary>The predicate of indexes over living rows.</summary>
    public const string Living = "deleted_at is null";

    /// <summary>Maps the key and what the database layer fills.</summary>
    public static void HasRecordKey<TRecord>(this EntityTypeBuilder<TRecord> builder)
        where TRecord : Record
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
        where TRecord : Record
        where TTarget : Record => builder.HasReference(navigation, key, listed: key);

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
        where TRecord : Record
        where TTarget : Record
    {
        builder.HasOne(navigation).WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(listed).HasFilter(Living);
    }
}
