using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Marks the records that many others refer to, of which each server keeps a copy in memory (ADR 18). Every change of one of them must also
/// change the <see cref="ReferenceVersion"/> of the organization, in the same transaction. The database context and
/// <see cref="WriteTransaction"/> do that.
/// </summary>
internal interface IReferenceData
{
}

/// <summary>Changes with the reference data of an organization. Tells servers whether their copy is current.</summary>
internal sealed class ReferenceVersion : ITenantScoped
{
    /// <inheritdoc/>
    public Ulid OrganizationId { get; private set; }

    /// <summary>A new random value for each change. An organization without a row has had no change since there are versions.</summary>
    public Guid Version { get; private set; }
}

internal sealed class ReferenceVersionConfiguration : IEntityTypeConfiguration<ReferenceVersion>
{
    public void Configure(EntityTypeBuilder<ReferenceVersion> builder)
    {
        builder.ToTable("reference_versions");
        builder.HasKey(version => version.OrganizationId);
    }
}

/// <summary>The pick list values and users of an organization, including deleted ones, and whether it has custom fields.</summary>
/// <param name="Version">The version, read before the rest.</param>
/// <param name="Values">The pick list values by ID.</param>
/// <param name="Users">The users by ID.</param>
/// <param name="HasAccountFields">Whether the organization has custom fields of accounts.</param>
internal sealed record ReferenceData(
    Guid Version, FrozenDictionary<Guid, ReferenceValue> Values, FrozenDictionary<Guid, ReferenceUser> Users, bool HasAccountFields)
{
    /// <summary>Reads the version of the organization <c>$1</c>.</summary>
    public const string VersionSql = "select version from reference_versions where organization_id = $1";

    private const int MaxRows = 20_000;

    /// <summary>The number of records.</summary>
    public int Count => Values.Count + Users.Count;

    /// <summary>Reads the data of an organization in one round trip.</summary>
    /// <returns>The data, or null if there is too much to keep it.</returns>
    /// <remarks>
    /// The version is read first. If the data change in between, they are newer than the version, which no longer is the current one then.
    /// </remarks>
    public static async Task<ReferenceData?> LoadAsync(
        NpgsqlDataSource dataSource, ConnectionGate gate, Guid organizationId, CancellationToken cancellationToken)
    {
        await using var connection = dataSource.CreateConnection();
        await gate.OpenAsync(connection, cancellationToken);
        await using var batch = connection.CreateBatch();
        Add(VersionSql);
        Add($"select id, value, icon, color, is_closed, deleted_at from attribute_values where organization_id = $1 limit {MaxRows}");
        Add($"select id, name, email, avatar_url, deleted_at from users where organization_id = $1 limit {MaxRows}");
        Add("select exists (select from custom_fields where organization_id = $1 and source = 'account' and deleted_at is null)");
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var version = await ReadVersionAsync(reader, cancellationToken);
        Dictionary<Guid, ReferenceValue> values = [];
        await ReadAsync(() => values.Add(
            reader.GetGuid(0),
            reader.IsDBNull(5)
                ? new(Text(1), Text(2), Text(3), reader.IsDBNull(4) ? null : reader.GetBoolean(4))
                : ReferenceValue.Deleted));
        Dictionary<Guid, ReferenceUser> users = [];
        await ReadAsync(() => users.Add(
            reader.GetGuid(0), reader.IsDBNull(4) ? new(Text(1), Text(2), Text(3)) : ReferenceUser.Deleted));
        var hasAccountFields = false;
        await ReadAsync(() => hasAccountFields = reader.GetBoolean(0));
        return values.Count < MaxRows && users.Count < MaxRows
            ? new ReferenceData(version, values.ToFrozenDictionary(), users.ToFrozenDictionary(), hasAccountFields)
            : null;

        void Add(string sql) => batch.BatchCommands.Add(
            new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = organizationId } } });

        async Task ReadAsync(Action read)
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                read();
            }
        }

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    /// <summary>Creates the command that tells all servers that the data of an organization change with the transaction.</summary>
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

    /// <summary>Reads the result of <see cref="VersionSql"/>.</summary>
    public static async Task<Guid> ReadVersionAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken) ? reader.GetGuid(0) : Guid.Empty;
}

/// <summary>A pick list value as records show it. All parts are null if it is deleted.</summary>
/// <param name="Value">The text.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Color">The color.</param>
/// <param name="IsClosed">Whether the value closes tasks.</param>
internal sealed record ReferenceValue(string? Value, string? Icon, string? Color, bool? IsClosed)
{
    /// <summary>A value that is deleted.</summary>
    public static ReferenceValue Deleted { get; } = new(null, null, null, null);
}

/// <summary>A user as records show it. All parts are null if the user is deleted.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The email address.</param>
/// <param name="AvatarUrl">The URL of the avatar.</param>
internal sealed record ReferenceUser(string? Name, string? Email, string? AvatarUrl)
{
    /// <summary>A user who is deleted.</summary>
    public static ReferenceUser Deleted { get; } = new(null, null, null);
}

/// <summary>The copies of reference data in the memory of the server. The reader of a copy has to compare its version.</summary>
public sealed class ReferenceDataCache(NpgsqlDataSource dataSource, ConnectionGate gate) : IDisposable
{
    // About 250 bytes a record.
    private const int MaxRecords = 200_000;

    // Changes that were not made by a server, but with SQL, do not change the version. They show after this time.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Ulid, Lazy<Task<ReferenceData?>>> _loads = new();
    private readonly MemoryCache _copies = new(new MemoryCacheOptions { SizeLimit = MaxRecords });

    /// <summary>Returns the copy of the data of an organization, or reads it.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="outdated">A copy that is no longer current, if one was found out to be.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The data, or null if there is too much to keep it.</returns>
    internal async ValueTask<ReferenceData?> GetAsync(Ulid organizationId, ReferenceData? outdated, CancellationToken cancellationToken)
    {
        if (_copies.TryGetValue(organizationId, out ReferenceData? copy) && (copy is null || !ReferenceEquals(copy, outdated)))
        {
            return copy;
        }

        // Requests at the same time share one load. If it began too early for one of them, its versions do not match, as with any old copy.
        var load = _loads.GetOrAdd(organizationId, id => new Lazy<Task<ReferenceData?>>(() => LoadAsync(id)));
        return await load.Value.WaitAsync(cancellationToken);
    }

    private async Task<ReferenceData?> LoadAsync(Ulid organizationId)
    {
        try
        {
            var copy = await ReferenceData.LoadAsync(dataSource, gate, organizationId.ToGuid(), CancellationToken.None);
            return _copies.Set(
                organizationId,
                copy,
                new MemoryCacheEntryOptions { Size = 1 + (copy?.Count ?? 0), AbsoluteExpirationRelativeToNow = Lifetime });
        }
        finally
        {
            _loads.TryRemove(organizationId, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _copies.Dispose();
}
