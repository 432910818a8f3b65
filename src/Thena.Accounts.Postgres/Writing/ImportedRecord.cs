using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.Writing;

/// <summary>
/// A record that an import has created or found here, and its ID where it came from. Written in the transaction that creates the record, so
/// that an interrupted import creates nothing twice.
/// </summary>
public sealed class ImportedRecord : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>The kind of record, such as <c>contacts</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The ID where the record came from.</summary>
    public required string OldId { get; init; }

    /// <summary>The ID here.</summary>
    public required Ulid NewId { get; init; }

    /// <summary>The SHA-256 of the record as it was when it was last imported.</summary>
    public required byte[] Hash { get; init; }
}

internal sealed class ImportedRecordConfiguration : IEntityTypeConfiguration<ImportedRecord>
{
    public void Configure(EntityTypeBuilder<ImportedRecord> builder)
    {
        builder.ToTable("imported_records");
        builder.HasKey(record => new { record.OrganizationId, record.Kind, record.OldId });
    }
}
