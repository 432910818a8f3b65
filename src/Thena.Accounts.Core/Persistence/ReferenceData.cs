using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
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

/// <summary>The pick list values and users of an organization, including deleted ones, and which custom fields it has.</summary>
/// <param name="Version">The version, read before the rest.</param>
/// <param name="Values">The pick list values by ID.</param>
/// <param name="Users">The users by ID.</param>
/// <param name="FieldSources">The kinds of records that have custom fields.</param>
internal sealed record ReferenceData(
    Guid Version, Dictionary<Guid, ReferenceValue> Values, Dictionary<Guid, ReferenceUser> Users, string[] FieldSources)
{
    /// <summary>Reads the version of the organization <c>$1</c>.</summary>
    public const string VersionSql = "select version from reference_versions where organization_id = $1";

    private const int MaxRows = 20_000;

    // If the version is not current, the check reads this text as a number, which fails. That needs no function in the database, so it also
    // works with distributed tables.
    private const string Outdated = "reference data have changed";

    private readonly Lazy<Dictionary<(string List, string Key), Guid>> _byKey = new(() => Values
        .Where(value => value.Value.Key is not null)
        .ToDictionary(value => (value.Value.List, value.Value.Key!), value => value.Key));

    private readonly Lazy<Dictionary<string, Guid>> _defaults = new(() => Values
        .Where(value => value.Value.IsDefault)
        .ToDictionary(value => value.Value.List, value => value.Key));

    /// <summary>The number of records.</summary>
    public int Count => Values.Count + Users.Count;

    /// <summary>Whether the organization has custom fields of accounts.</summary>
    public bool HasAccountFields => HasFields("account");

    /// <summary>Whether the organization has custom fields of a kind of records.</summary>
    public bool HasFields(string source) => FieldSources.Contains(source);

    /// <summary>Returns the pick list value with an ID, or null if the list has none.</summary>
    public Guid? FindValue(string list, Guid id) =>
        Values.TryGetValue(id, out var value) && value.Key is not null && value.List == list ? id : null;

    /// <summary>Returns the pick list value with a text, in the form in which texts are compared, or null if the list has none.</summary>
    public Guid? FindValue(string list, string key) => _byKey.Value.TryGetValue((list, key), out var id) ? id : null;

    /// <summary>Returns the default value of a pick list, or null if it has none.</summary>
    public Guid? FindDefault(string list) => _defaults.Value.TryGetValue(list, out var id) ? id : null;

    /// <summary>Whether there is a user with an ID.</summary>
    public bool HasUser(Guid id) => Users.TryGetValue(id, out var user) && user != ReferenceUser.Deleted;

    /// <summary>Reads the data of an organization in one round trip.</summary>
    /// <returns>The data, or null if there is too much to keep it.</returns>
    /// <remarks>
    /// The version is read first. If the data change in between, they are newer than the version, which no longer is the current one then.
    /// </remarks>
    public static Task<ReferenceData?> LoadAsync(
        DatabaseConnections connections, Ulid organizationId, CancellationToken cancellationToken) => connections.RunAsync(
        organizationId, connection => LoadAsync(connection, organizationId, cancellationToken), cancellationToken);

    private static async Task<ReferenceData?> LoadAsync(
        NpgsqlConnection connection, Ulid organizationId, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        Add(VersionSql);
        Add(
            $"""
            select id, kind, deleted_at, value_key, is_default, value, icon, color, is_closed from attribute_values
            where organization_id = $1 limit {MaxRows}
            """);
        Add($"select id, deleted_at, name, email, avatar_url from users where organization_id = $1 limit {MaxRows}");
        Add("select distinct source from custom_fields where organization_id = $1 and deleted_at is null");
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var version = await reader.ReadAsync(cancellationToken) ? ReadVersion(reader, 0) : Guid.Empty;
        Dictionary<Guid, ReferenceValue> values = [];
        await ReadAsync(() => values.Add(
            reader.GetGuid(0),
            reader.IsDBNull(2)
                ? ReferenceValue.Share(new(
                    reader.GetString(1),
                    Text(3),
                    reader.GetBoolean(4),
                    Text(5),
                    Text(6),
                    Text(7),
                    reader.IsDBNull(8) ? null : reader.GetBoolean(8)))
                : ReferenceValue.Deleted));
        Dictionary<Guid, ReferenceUser> users = [];
        await ReadAsync(() => users.Add(
            reader.GetGuid(0), reader.IsDBNull(1) ? new(Text(2), Text(3), Text(4)) : ReferenceUser.Deleted));
        List<string> sources = [];
        await ReadAsync(() => sources.Add(reader.GetString(0)));
        return values.Count < MaxRows && users.Count < MaxRows
            ? new ReferenceData(version, values, users, [.. sources])
            : null;

        void Add(string sql) => batch.BatchCommands.Add(
            new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() } } });

        async Task ReadAsync(Action read)
        {
            if (!await reader.NextResultAsync(cancellationToken))
            {
                throw new OutOfStepException();
            }

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

    /// <summary>Whether <see cref="AddCheck"/> has made a transaction fail.</summary>
    public static bool IsOutdated(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.InvalidTextRepresentation
        && exception.MessageText.Contains(Outdated, StringComparison.Ordinal);

    /// <summary>
    /// Adds a query that fails if the data are not current, so that the transaction is rolled back. It comes after the inserts, as their
    /// foreign keys prevent deletions.
    /// </summary>
    public void AddCheck(QueryBatch batch, Ulid organizationId) => batch.Add(
        $"""
        select (case when coalesce(bool_and(version = $2), $2 = '{Guid.Empty}') then '1' else '{Outdated}' end)::integer
        from reference_versions where organization_id = $1
        """,
        [
            new NpgsqlParameter<Guid> { TypedValue = organizationId.ToGuid() },
            new NpgsqlParameter<Guid> { TypedValue = Version },
        ],
        reader => reader.GetInt32(0));

    /// <summary>Reads a column with the result of <see cref="VersionSql"/>.</summary>
    public static Guid ReadVersion(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? Guid.Empty : reader.GetGuid(column);
}

/// <summary>A pick list value. All parts are empty if it is deleted.</summary>
/// <param name="List">The name of its list.</param>
/// <param name="Key">The text in the form in which texts are compared.</param>
/// <param name="IsDefault">Whether it is the default of its list.</param>
/// <param name="Value">The text.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Color">The color.</param>
/// <param name="IsClosed">Whether the value closes tasks.</param>
internal sealed record ReferenceValue(
    string List, string? Key, bool IsDefault, string? Value, string? Icon, string? Color, bool? IsClosed)
{
    private const int MaxShared = 10_000;

    private static readonly ConcurrentDictionary<ReferenceValue, ReferenceValue> Shared = new();

    /// <summary>Returns an equal value that another organization has, such as a default value of a list, to save memory.</summary>
    public static ReferenceValue Share(ReferenceValue value) =>
        Shared.TryGetValue(value, out var known) ? known
        : Shared.Count < MaxShared ? Shared.GetOrAdd(value, value)
        : value;

    /// <summary>A value that is deleted.</summary>
    public static ReferenceValue Deleted { get; } = new("", null, false, null, null, null, null);
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
public sealed class ReferenceDataCache(DatabaseConnections connections) : IDisposable
{
    // About 100 bytes a record, of which most are default values that organizations share; others take 400.
    private const int MaxRecords = 500_000;

    // Changes that were not made by a server, but with SQL, do not change the version. They show after this time.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly OrganizationCache<ReferenceData?> _copies = new(MaxRecords, async organizationId =>
    {
        var copy = await ReferenceData.LoadAsync(connections, organizationId, CancellationToken.None);
        return new(copy, 1 + (copy?.Count ?? 0), Lifetime);
    });

    /// <summary>Returns the copy of the data of an organization, or reads it.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="outdated">A copy that is no longer current, if one was found out to be.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <returns>The data, or null if there is too much to keep it.</returns>
    internal async ValueTask<ReferenceData?> GetAsync(Ulid organizationId, ReferenceData? outdated, CancellationToken cancellationToken) =>
        _copies.TryGet(organizationId, out var copy) && (copy is null || !ReferenceEquals(copy, outdated))
            ? copy
            // If a load of another request began too early for this one, its version does not match, as with any old copy.
            : await _copies.LoadAsync(organizationId).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _copies.Dispose();
}
