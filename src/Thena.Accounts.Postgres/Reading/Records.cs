using System.Data;
using System.Data.Common;
using Npgsql;
using Thena.Accounts.Postgres.Connections;
using Thena.Accounts.Postgres.Model;
using Thena.Accounts.Postgres.ReferenceData;
using Thena.Accounts.Postgres.Results;
using Thena.Accounts.Postgres.Search;
using Thena.Accounts.Postgres.Tenancy;

namespace Thena.Accounts.Postgres.Reading;

/// <summary>
/// Reads records of the scope's organization that are not deleted: row → entity → response. The statements are made from the EF model
/// without Entity Framework, which takes longer to create the SQL than PostgreSQL takes to run it (ADR 11).
/// </summary>
/// <remarks>
/// Names of reference data come from memory. If the copy is current in the snapshot that PostgreSQL reads, the records and the data belong
/// together, as if they had been joined.
/// </remarks>
public sealed partial class Records(
    Tables tables, DatabaseConnections connections, ReferenceCopies copies, CurrentOrganization organization)
{
    private const int MaxOutdated = 2;
    private const string PlanEachTime = "select set_config('plan_cache_mode', 'force_custom_plan', true)";

    /// <summary>The organization.</summary>
    public Ulid OrganizationId => organization.Id;

    /// <summary>Starts a query for records.</summary>
    public Query<T> Of<T>()
        where T : TenantEntity => new(tables.SelectionOf<T>(), organization.Id);

    /// <summary>Reads the record that matches. Returns null if there is none.</summary>
    /// <param name="query">The query.</param>
    /// <param name="from">Makes the response from a record.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<TResponse?> FirstOrDefaultAsync<T, TResponse>(
        Query<T> query, Func<T, References, TResponse> from, CancellationToken cancellationToken)
        where T : TenantEntity =>
        (await ReadAllAsync(query, from, order: null, cancellationToken)).Responses is [var first, ..] ? first : default;

    /// <summary>Gets the record with an ID, or the error if there is none.</summary>
    /// <param name="query">The query for all records that may be read.</param>
    /// <param name="id">The ID.</param>
    /// <param name="notFound">The error.</param>
    /// <param name="from">Makes the response from a record.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<Result<TResponse>> GetAsync<T, TResponse>(
        Query<T> query, Ulid id, Error notFound, Func<T, References, TResponse> from, CancellationToken cancellationToken)
        where T : TenantEntity =>
        (await ReadAllAsync(query.Where(nameof(TenantEntity.Id), id), from, order: null, cancellationToken)).Responses is [var found, ..]
            ? found
            : notFound;

    /// <summary>Reads all records that match.</summary>
    /// <param name="query">The query.</param>
    /// <param name="from">Makes the response from a record.</param>
    /// <param name="order">The order, or null for any.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<List<TResponse>> ToListAsync<T, TResponse>(
        Query<T> query, Func<T, References, TResponse> from, RecordOrder? order, CancellationToken cancellationToken)
        where T : TenantEntity => (await ReadAllAsync(query, from, order, cancellationToken)).Responses;

    /// <summary>Reads the records with certain values of a property, in the order of these values.</summary>
    /// <param name="query">The query.</param>
    /// <param name="property">The property, which is unique.</param>
    /// <param name="values">The values.</param>
    /// <param name="valueOf">Returns a record's value in the property.</param>
    /// <param name="from">Makes the response from a record.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<RecordList<TResponse>> ToOrderedListAsync<T, TValue, TResponse>(
        Query<T> query,
        string property,
        IReadOnlyList<TValue> values,
        Func<T, TValue> valueOf,
        Func<T, References, TResponse> from,
        CancellationToken cancellationToken)
        where T : TenantEntity
        where TValue : notnull
    {
        var portions = new Portions<T, TValue, TResponse>(query, property, valueOf, (portion, token) =>
            ReadAsync(portion, references => new(portion.Sql(references)), from, token));
        var first = await portions.ReadAsync(values, cancellationToken);
        return first.IsCut
            ? new RecordList<TResponse>(null, portions.ReadAllAsync(values, first.Records.Count, cancellationToken))
            : new RecordList<TResponse>(portions.Order(first, values));
    }

    /// <summary>Reads some of the records that match.</summary>
    public async Task<List<TResponse>> ToListAsync<T, TResponse>(
        Query<T> query, RecordOrder order, long skip, int take, Func<T, References, TResponse> from, CancellationToken cancellationToken)
        where T : TenantEntity => (await ReadPageAsync(query, order, skip, take, from, cancellationToken)).Responses;

    /// <summary>Counts the records that match.</summary>
    public async Task<long> CountAsync<T>(Query<T> query, CancellationToken cancellationToken)
        where T : TenantEntity => (await connections.ReadAsync(
        SettingsOf(query),
        () => query.Conditions.CreateCommand($"select count(*) from {query.Rows(order: null)} r where {query.Conditions.Sql}"),
        row => row.GetInt64(0),
        cancellationToken))[0];

    /// <summary>Reads rows in SQL, whose values become parameters, for what belongs to no entity. Looks up rows by index.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="readRow">Reads a row.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public Task<IReadOnlyList<TRow>> ReadAsync<TRow>(
        FormattableString sql, Func<DbDataReader, TRow> readRow, CancellationToken cancellationToken) =>
        ReadByIndexAsync(() => Parameters.Command(sql), readRow, cancellationToken);

    /// <summary>Returns which of the IDs records have, and whether those still exist.</summary>
    public async Task<Dictionary<Ulid, bool>> FindIdsAsync<T>(IEnumerable<Ulid> ids, CancellationToken cancellationToken)
        where T : TenantEntity
    {
        // The join looks up each ID on its own.
        var sql =
            $"""
            select wanted.id, found.lives
            from unnest($2) as wanted (id)
            cross join lateral (
                select deleted_at is null as lives from {tables.Of<T>().Name} where organization_id = $1 and id = wanted.id limit 1
            ) found
            """;
        Ulid[] wanted = [.. ids.Distinct()];
        return new(await ReadByIndexAsync(
            () => new NpgsqlBatchCommand(sql) { Parameters = { Parameters.Of(organization.Id), Parameters.Of(wanted) } },
            row => KeyValuePair.Create(new Ulid(row.GetGuid(0)), row.GetBoolean(1)),
            cancellationToken));
    }

    /// <summary>Makes something that shows the names of reference data, as they are now.</summary>
    /// <param name="make">Makes it. It may run several times.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<TResponse> NameAsync<TResponse>(Func<References, TResponse> make, CancellationToken cancellationToken)
    {
        var references = await copies.GetAsync(organization.Id, outdated: null, cancellationToken);
        while (true)
        {
            var response = make(references);
            if (references is not { HasMissed: true, Whole: null })
            {
                return response;
            }

            await copies.CompleteAsync(references, organization.Id, cancellationToken);
        }
    }

    /// <summary>Begins a snapshot: reads of one moment that may take long, such as an export.</summary>
    public async Task<Snapshot> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        var connection = await connections.OpenAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            await DatabaseConnections.RemoveLimitsAsync(connection, "local", cancellationToken);
            var copy = await ReferenceCopies.ReadAsync(connection, tables, organization.Id, int.MaxValue, cancellationToken);
            return new Snapshot(
                connection, transaction, tables, References.FromCopy(copy), organization.Id, fault => connections.Note(connection, fault));
        }
        catch (Exception exception)
        {
            connections.Note(connection, exception);
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Looks up rows by index. PostgreSQL would read whole tables that were empty when it planned a query, and keep that plan while an
    /// import fills them.
    /// </summary>
    private Task<IReadOnlyList<TRow>> ReadByIndexAsync<TRow>(
        Func<NpgsqlBatchCommand> create, Func<DbDataReader, TRow> readRow, CancellationToken cancellationToken) =>
        connections.ReadAsync("select set_config('enable_seqscan', 'off', true)", create, readRow, cancellationToken);

    private static string? SettingsOf<T>(Query<T> query)
        where T : TenantEntity =>
        query.Conditions.Search is not null ? ListSearch.Settings
        : query.Conditions.ReadsUpdateTimes ? PlanEachTime
        : null;

    private static async Task<NpgsqlDataReader> ExecuteAsync<T>(
        NpgsqlBatch batch, Query<T> query, Statement statement, CancellationToken cancellationToken)
        where T : TenantEntity
    {
        if (statement.Settings is { } settings)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(settings));
        }

        batch.BatchCommands.Add(query.Conditions.CreateCommand(statement.Sql));
        var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var isThere = reader.FieldCount > 0 && (statement.Settings is null || await reader.NextResultAsync(cancellationToken));
        return isThere ? reader : throw new OutOfStepException();
    }

    private Task<Read<T, TResponse>> ReadAllAsync<T, TResponse>(
        Query<T> query, Func<T, References, TResponse> from, RecordOrder? order, CancellationToken cancellationToken)
        where T : TenantEntity =>
        ReadAsync(query, references => new(query.Sql(references, order), MaxSize: long.MaxValue), from, cancellationToken);

    /// <summary>Reads records and makes their responses, again if the reference data in memory turn out not to be current.</summary>
    private async Task<Read<T, TResponse>> ReadAsync<T, TResponse>(
        Query<T> query, Func<References, Statement> sql, Func<T, References, TResponse> from, CancellationToken cancellationToken)
        where T : TenantEntity
    {
        References? references = null;
        for (var attempt = 0; ; attempt++)
        {
            references = attempt < MaxOutdated && (references is null || references.Whole is not null)
                ? await copies.GetAsync(organization.Id, references, cancellationToken)
                : References.FromTables(tables);
            if (await ReadRowsAsync(query, sql(references), references, cancellationToken) is not { } rows)
            {
                continue;
            }

            var responses = rows.Records.ConvertAll(record => from(record, references));
            while (references is { HasMissed: true, Whole: null })
            {
                // What is read can lead to more, such as a relationship type to its inverse.
                await copies.CompleteAsync(references, organization.Id, cancellationToken);
                responses = rows.Records.ConvertAll(record => from(record, references));
            }

            if (!references.HasMissed)
            {
                return new(rows.Records, responses, rows.Length, rows.IsCut);
            }
        }
    }

    /// <returns>The records, or null if the reference data are not those of the database.</returns>
    private Task<Rows<T>?> ReadRowsAsync<T>(
        Query<T> query, Statement statement, References references, CancellationToken cancellationToken)
        where T : TenantEntity => connections.RunAsync(
        async connection =>
        {
            await using var batch = connection.CreateBatch();
            await using var reader = await ExecuteAsync(batch, query, statement, cancellationToken);
            var parts = query.Parts(references);
            List<T> records = [];
            long? length = null;
            long size = 0;
            while (await reader.ReadAsync(cancellationToken))
            {
                if (size >= statement.MaxSize)
                {
                    return new Rows<T>(records, length, IsCut: true);
                }

                // All rows are of the same snapshot.
                if (records.Count == 0)
                {
                    if (references.Whole is not null && ReferenceVersion.Read(reader, reader.FieldCount - 1) != references.Version)
                    {
                        return null;
                    }

                    length = statement.HasLength ? reader.GetInt64(reader.FieldCount - (references.Whole is null ? 1 : 2)) : null;
                }

                var record = query.Selection.Read(reader, organization.Id, parts);
                size += query.Selection.SizeOf(record);
                records.Add(record);
            }

            return new Rows<T>(records, length, IsCut: false);
        },
        cancellationToken);

    /// <summary>Records that have been read.</summary>
    private sealed record Rows<T>(List<T> Records, long? Length, bool IsCut);
}
