using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Postgres.Model;

/// <summary>The mappings that all record tables share.</summary>
public static class TenantEntityMapping
{
    /// <summary>The filter of indexes that contain only rows that are not deleted.</summary>
    public const string Living = "deleted_at is null";

    // An update that changes no indexed column writes no index, if the new row fits on the page of the old one. So pages are not filled up.
    private const int FillFactor = 85;

    /// <summary>Maps the primary key, and leaves space on the pages of the table.</summary>
    public static void HasRecordKey<TRecord>(this EntityTypeBuilder<TRecord> builder)
        where TRecord : TenantEntity
    {
        builder.HasKey(record => new { record.OrganizationId, record.Id });
        builder.Property(record => record.OrganizationId).ValueGeneratedNever();
        builder.Property(record => record.Id).ValueGeneratedNever();
        builder.Property(record => record.Revision).HasDefaultValue(1).ValueGeneratedNever();
        builder.HasStorageParameter("fillfactor", FillFactor);
    }

    /// <summary>
    /// Maps a reference to another record of the organization, with an index for lists of the living records that refer to it. Records
    /// that refer to none are not in it.
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
        var column = foreignKey.Properties[1];
        var filter = column.IsNullable ? $"{column.GetColumnName()} is not null and {Living}" : Living;
        builder.HasListIndex(column.Name).HasFilter(filter);
    }

    /// <summary>Adds an index for lists of living records by a column: the organization, the column and the ID.</summary>
    public static IndexBuilder<TRecord> HasListIndex<TRecord>(this EntityTypeBuilder<TRecord> builder, string column)
        where TRecord : TenantEntity =>
        builder.HasIndex(nameof(TenantEntity.OrganizationId), column, nameof(TenantEntity.Id)).HasFilter(Living);
}
