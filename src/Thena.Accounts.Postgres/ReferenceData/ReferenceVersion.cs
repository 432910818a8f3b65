using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.ReferenceData;

/// <summary>Changes with the reference data of an organization. Tells servers whether their copy is current (ADR 18).</summary>
internal sealed class ReferenceVersion : ITenantScoped
{
    /// <summary>Reads the version of the organization <c>$1</c>.</summary>
    public const string Sql = "select version from reference_versions where organization_id = $1";

    // If the version is not current, the check reads this text as a number, which fails. That needs no function in the database, so it also
    // works with distributed tables.
    private const string Outdated = "reference data have changed";

    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>A new random value for each change. An organization without a row has had no change since there are versions.</summary>
    public Guid Version { get; private set; }

    /// <summary>Creates the statement that reads the version of an organization.</summary>
    public static NpgsqlBatchCommand CreateSelect(Ulid organizationId) => new(Sql)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() } },
    };

    /// <summary>Returns the version that <see cref="CreateSelect"/> has read.</summary>
    public static Guid Of(IReadOnlyList<Guid> rows) => rows is [var version] ? version : Guid.Empty;

    /// <summary>Creates the statement that tells all servers that the data of an organization change with the transaction.</summary>
    public static NpgsqlBatchCommand CreateChange(Ulid organizationId) => new(
        """
        insert into reference_versions (organization_id, version) values ($1, $2)
        on conflict (organization_id) do update set version = excluded.version
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() },
            new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() },
        },
    };

    /// <summary>
    /// Creates the statement that fails if a version is not the current one, so that the transaction is rolled back. It comes after the
    /// inserts, as their foreign keys prevent deletions.
    /// </summary>
    public static NpgsqlBatchCommand CreateCheck(Ulid organizationId, Guid version) => new(
        $"""
        select (case when coalesce(bool_and(version = $2), $2 = '{Guid.Empty}') then '1' else '{Outdated}' end)::integer
        from reference_versions where organization_id = $1
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() },
            new NpgsqlParameter<Guid> { TypedValue = version },
        },
    };

    /// <summary>Whether a statement of <see cref="CreateCheck"/> has failed.</summary>
    public static bool IsOutdated(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.InvalidTextRepresentation
        && exception.MessageText.Contains(Outdated, StringComparison.Ordinal);

    /// <summary>Reads a column with the result of <see cref="Sql"/>.</summary>
    public static Guid Read(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? Guid.Empty : reader.GetGuid(column);
}

internal sealed class ReferenceVersionConfiguration : IEntityTypeConfiguration<ReferenceVersion>
{
    public void Configure(EntityTypeBuilder<ReferenceVersion> builder)
    {
        builder.ToTable("reference_versions");
        builder.HasKey(version => version.OrganizationId);
    }
}
