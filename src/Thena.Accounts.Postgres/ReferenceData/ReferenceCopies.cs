using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Metrics;
using Thena.Accounts.Postgres.Model;

namespace Thena.Accounts.Postgres.ReferenceData;

/// <summary>The copies of reference data in the memory of the server. The user of a copy has to compare its version.</summary>
public sealed class ReferenceCopies : IDisposable
{
    // A record takes about 250 bytes.
    private const int MaxRecords = 300_000;
    private const int MaxRecordsOfKind = 20_000;

    // Changes that were not made by a server, but with SQL, do not change the version. They show after this time.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Tables _tables;
    private readonly DatabaseConnections _connections;
    private readonly OrganizationCache<ReferenceCopy?> _copies;

    /// <summary>Creates an instance.</summary>
    public ReferenceCopies(Tables tables, DatabaseConnections connections)
    {
        (_tables, _connections) = (tables, connections);
        _copies = new OrganizationCache<ReferenceCopy?>(MaxRecords, async organizationId =>
        {
            var copy = await LoadAsync(organizationId, CancellationToken.None);
            return new(copy, 1 + (copy?.Rows.Values.Sum(rows => rows.Count) ?? 0), Lifetime);
        });
    }

    /// <summary>Starts a use of the data of an organization.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="outdated">A use whose copy is no longer current, if one was found out to be.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    internal async ValueTask<References> GetAsync(Ulid organizationId, References? outdated, CancellationToken cancellationToken)
    {
        var isKnown = _copies.TryGet(organizationId, out var known) && (known is null || !ReferenceEquals(known, outdated?.Whole));
        DatabaseMetrics.CountReferences(isKnown ? "memory" : "database");
        var copy = isKnown
            ? known
            // If a load of another request began too early for this one, its version does not match, as with any old copy.
            : await _copies.LoadAsync(organizationId).WaitAsync(cancellationToken);
        return copy is null ? References.FromTables(_tables) : References.FromCopy(copy);
    }

    /// <summary>Reads what a use that does not hold all data has missed, in one round trip.</summary>
    internal Task CompleteAsync(References references, Ulid organizationId, CancellationToken cancellationToken) =>
        _connections.RunAsync(
            async connection =>
            {
                await references.ReadMissingAsync(connection, organizationId, cancellationToken);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _copies.Dispose();

    /// <summary>Reads the data of an organization in one round trip.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="limit">The largest number of records of a kind that is read.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    /// <remarks>
    /// The version is read first. If the data change in between, they are newer than the version, which no longer is the current one then.
    /// </remarks>
    internal static async Task<ReferenceCopy> ReadAsync(
        NpgsqlConnection connection, Tables tables, Ulid organizationId, int limit, CancellationToken cancellationToken)
    {
        var statements = new Statements();
        var versions = statements.Read(ReferenceVersion.CreateSelect(organizationId), reader => reader.GetGuid(0));
        var rows = tables.ReferenceTypes.ToDictionary(type => type, type => ReferenceRows.Create(type, tables));
        foreach (var kind in rows.Values)
        {
            statements.Read(kind.SelectAll(organizationId, limit), reader => kind.Read(reader, organizationId));
        }

        await statements.SendAsync(connection, connection.CommandTimeout, cancellationToken);
        return new ReferenceCopy(ReferenceVersion.Of(versions), rows);
    }

    private async Task<ReferenceCopy?> LoadAsync(Ulid organizationId, CancellationToken cancellationToken)
    {
        var copy = await _connections.RunAsync(
            connection => ReadAsync(connection, _tables, organizationId, MaxRecordsOfKind, cancellationToken),
            cancellationToken);
        return copy.Rows.Values.All(kind => kind.Count < MaxRecordsOfKind) ? copy : null;
    }
}
