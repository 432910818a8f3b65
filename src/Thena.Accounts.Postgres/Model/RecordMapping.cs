using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Postgres.Model;

/// <summary>The mappings that all record tables share.</summary>
public static class TenantEntityMapping
{
    /// <summary>The filter of indexes that contain only rows that are not deleted.</summary>
    public const string Living = "deleted_at is null";

    /// <summary>Maps the primary key.</summary>
    public static void HasRecordKey<TRecord>(this EntityTypeBuilder<TRecord> builder)
        where TRecord : TenantEntity
    {
        builder.HasKey(record => new { record.OrganizationId, record.Id });
        builder.Property(record => record.OrganizationId).ValueGeneratedNever();
        builder.Property(record => record.Id).ValueGeneratedNever();
    }

    /// <summary>
    /// Maps a reference to another record of the organization, with an index for lists of the living records that refer to it.
    /// </summary>
    /// <param name="builder">The mapping.</param>
    /// <param name="navigation">The other record.</param>
    /// <param name="key">The columns of the reference, the organization first.</param>
    public static void HasReference<TRecord, TTarget>(
        this EntityTypeBuilder<TRecord> builder, Expression<Func<TRecord, TTarget?>> navigation, Expression<Func<TRecord, object?>> key)
        where TRecord : TenantEntity
        where TTarget : TenantEntity
    {
        var foreignKey = builder.HasOne(navigation).WithMany().HasForeignKey(key).OnDelete(DeleteBehavior.Restrict).Metadata;
        builder.HasListIndex([.. foreignKey.Properties.Skip(1).Select(property => property.Name)]);
    }

    /// <summary>Adds an index for lists of living records by columns: the organization, the columns and the ID.</summary>
    public static void HasListIndex<TRecord>(this EntityTypeBuilder<TRecord> builder, params string[] columns)
        where TRecord : TenantEntity =>
        builder.HasIndex([nameof(TenantEntity.OrganizationId), .. columns, nameof(TenantEntity.Id)]).HasFilter(Living);
}
