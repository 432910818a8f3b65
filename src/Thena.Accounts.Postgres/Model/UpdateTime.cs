using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Thena.Accounts.Postgres.Model;

/// <summary>
/// The time of the last change of a living record, in a narrow table with the index for lists in that order (ADR 21). An index on the
/// records' own table would have to be written on every change, and with it all other indexes of the table.
/// </summary>
/// <typeparam name="T">The kind of records.</typeparam>
public sealed class UpdateTime<T> : ITenantScoped
    where T : TenantEntity
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The ID of the record.</summary>
    public Ulid Id { get; private set; }

    /// <summary>The time of its last change.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Returns the row of a record.</summary>
    internal static UpdateTime<T> Of(T record) =>
        new() { OrganizationId = record.OrganizationId, Id = record.Id, UpdatedAt = record.UpdatedAt };
}

/// <summary>Maps the times of a kind of records that can be listed by them.</summary>
/// <typeparam name="T">The kind of records.</typeparam>
/// <param name="table">The name of the table.</param>
public abstract class UpdateTimeConfiguration<T>(string table) : IEntityTypeConfiguration<UpdateTime<T>>
    where T : TenantEntity
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<UpdateTime<T>> builder)
    {
        builder.ToTable(table);
        builder.HasKey(time => new { time.OrganizationId, time.Id });
        builder.HasIndex(time => new { time.OrganizationId, time.UpdatedAt, time.Id });
    }
}
