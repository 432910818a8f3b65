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
}
