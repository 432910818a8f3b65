using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace Thena.Accounts.Core.Persistence;

/// <summary>A row that belongs to an organization. Its key starts with the organization's ID, which is set when the row is added.</summary>
public interface ITenantScoped
{
    /// <summary>The ID of the organization that owns the row.</summary>
    Ulid OrganizationId { get; }
}

/// <summary>The base class of an organization's records. The database layer sets all of its properties.</summary>
public abstract class TenantEntity : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The record's ID. It is unique within the organization, and IDs increase in order of creation.</summary>
    public Ulid Id { get; private set; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The time of the last change.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The time of deletion; <see langword="null"/> if the record is not deleted.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Sets these properties of a new record that the context does not track.</summary>
    internal void Stamp(Ulid organizationId, Ulid id)
    {
        Id = id;
        StampNew(organizationId);
    }

    /// <summary>
    /// Returns the time of a change: later than that of the change before, even if both happen in one millisecond or the clock steps back.
    /// </summary>
    internal DateTimeOffset NextVersion(DateTimeOffset now) => now > UpdatedAt ? now : UpdatedAt.AddMilliseconds(1);

    /// <summary>Sets the time of the last change of a new record that an import creates.</summary>
    internal void StampUpdate(DateTimeOffset updatedAt) => UpdatedAt = updatedAt;

    /// <summary>Sets the organization and the times of a new record that has its ID.</summary>
    internal void StampNew(Ulid organizationId)
    {
        OrganizationId = organizationId;
        CreatedAt = Id.Time;
        UpdatedAt = UpdatedAt > CreatedAt ? UpdatedAt : CreatedAt;
    }
}

/// <summary>The mappings that all record tables share.</summary>
internal static class TenantEntityMapping
{
    /// <summary>The filter of indexes that contain only rows that are not deleted.</summary>
    public const string Living = "deleted_at is null";

    /// <summary>Maps the primary key and the generation of IDs.</summary>
    public static void HasRecordKey<TRecord>(this EntityTypeBuilder<TRecord> builder)
        where TRecord : TenantEntity
    {
        builder.HasKey(record => new { record.OrganizationId, record.Id });
        builder.Property(record => record.OrganizationId).ValueGeneratedNever();
        builder.Property(record => record.Id).HasValueGenerator<IdValueGenerator>();
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

/// <summary>Changes of many records in one statement.</summary>
internal static class SetChange
{
    /// <summary>Sets the time of the change, as <see cref="TenantEntity.NextVersion"/> does for one record.</summary>
    public static void SetVersion<TRecord>(this UpdateSettersBuilder<TRecord> set, DateTimeOffset now)
        where TRecord : TenantEntity => set.SetProperty(
        record => record.UpdatedAt, record => NextVersion(record.UpdatedAt, now));

    /// <summary>Makes <see cref="NextVersion"/> known to queries.</summary>
    public static void AddTo(ModelBuilder modelBuilder) =>
        modelBuilder.HasDbFunction(typeof(SetChange).GetMethod(nameof(NextVersion))!).HasTranslation(arguments => Function(
            "greatest",
            typeof(DateTimeOffset),
            arguments[1],
            // The sum of a time with a time zone and an interval depends on the settings of the session: Citus does not distribute it.
            Function(
                "timezone",
                typeof(DateTimeOffset),
                new SqlFragmentExpression("'UTC'"),
                new SqlBinaryExpression(
                    ExpressionType.Add,
                    Function("timezone", typeof(DateTime), new SqlFragmentExpression("'UTC'"), arguments[0]),
                    new SqlFragmentExpression("interval '1 millisecond'"),
                    typeof(DateTime),
                    arguments[0].TypeMapping))));

    /// <summary>Stands in queries for the larger of the time and one millisecond after the last change.</summary>
    public static DateTimeOffset NextVersion(DateTimeOffset updatedAt, DateTimeOffset now) =>
        throw new NotSupportedException("Only queries can call this.");

    private static SqlFunctionExpression Function(string name, Type type, params SqlExpression[] arguments) =>
        new(name, arguments, nullable: true, argumentsPropagateNullability: arguments.Select(_ => true), type, arguments[^1].TypeMapping);
}

/// <summary>Soft deletion: deleted records stay in their tables, but queries no longer return them.</summary>
internal static class SoftDeletion
{
    /// <summary>Deletes all records of a query, in one statement.</summary>
    /// <returns>The number of deleted records.</returns>
    public static Task<int> SoftDeleteAsync<TRecord>(
        this IQueryable<TRecord> records, DateTimeOffset now, CancellationToken cancellationToken)
        where TRecord : TenantEntity =>
        records.ExecuteUpdateAsync(set => set.SetProperty(record => record.DeletedAt, now), cancellationToken);
}
