using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using Thena.Accounts.Core.Tenancy;

namespace Thena.Accounts.Core.Persistence;

/// <summary>
/// Reads records as responses, without Entity Framework, which takes longer to create the SQL than PostgreSQL takes to run it (ADR 11).
/// Reads only records of the organization that are not deleted.
/// </summary>
public sealed class RecordReads(
    DatabaseConnections connections, ReferenceDataCache references, CurrentOrganization organization)
{
    /// <summary>Starts a read outside of any transaction.</summary>
    internal RecordRead<TResponse> From<TResponse>(RecordShape<TResponse> shape) =>
        new(shape, organization.Id, connections, references);
}

/// <summary>A query for records. Conditions are added first, and then one of the methods runs it.</summary>
/// <typeparam name="TResponse">The type of the responses.</typeparam>
internal sealed class RecordRead<TResponse>
{
    // Before it asks the index, a search reads so many records of the list for each one of the page, and so many at least and at most.
    private const int WalkedPerRecord = 20;
    private const int MaxWalkedPerRecord = 200;
    private const int MinWalked = 1_000;
    private const int MaxWalked = 10_000;

    // The best plan depends on the term; starting parallel workers takes longer than the index; and with a bitmap that does not fit into
    // the memory, PostgreSQL would compute the grams of every record on its pages. 8 MB hold the bitmap of 130,000 pages, which have two
    // million accounts. All connections of a server together can take 800 MB.
    private const string SearchSettings =
        """
        select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('max_parallel_workers_per_gather', '0', true),
            set_config('work_mem', '8MB', true)
        """;

    /// <summary>The number of characters of text after which a read ends, if it can be <see cref="IsCut"/>.</summary>
    private const long PortionCharacters = 4 * 1_024 * 1_024;

    private const string LengthColumn = "list_length";

    private readonly RecordShape<TResponse> _shape;
    private readonly Ulid _organizationId;
    private readonly Func<NpgsqlBatch>? _createBatch;
    private readonly DatabaseConnections? _connections;
    private readonly ReferenceDataCache? _references;
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly StringBuilder _conditions = new();
    private (string Column, string Subquery)? _listed;
    private (string Contains, string HasGrams)? _search;

    /// <summary>Starts a read on an open connection.</summary>
    /// <param name="shape">What the records are read as.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="createBatch">Creates an empty batch for the connection.</param>
    public RecordRead(RecordShape<TResponse> shape, Ulid organizationId, Func<NpgsqlBatch> createBatch)
        : this(shape, organizationId) => _createBatch = createBatch;

    /// <summary>Starts a read outside of any transaction.</summary>
    /// <param name="shape">What the records are read as.</param>
    /// <param name="organizationId">The organization.</param>
    /// <param name="connections">Has the connections.</param>
    /// <param name="references">Has the reference data that are not to be joined.</param>
    public RecordRead(
        RecordShape<TResponse> shape, Ulid organizationId, DatabaseConnections connections, ReferenceDataCache references)
        : this(shape, organizationId) => (_connections, _references) = (connections, references);

    private RecordRead(RecordShape<TResponse> shape, Ulid organizationId)
    {
        (_shape, _organizationId) = (shape, organizationId);
        Organization = Parameter(organizationId.ToGuid());
    }

    /// <summary>The parameter of the organization.</summary>
    public string Organization { get; }

    /// <summary>Whether the last read of a portion ended early, because the records were large.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Adds a parameter.</summary>
    /// <returns>The placeholder of the parameter in the SQL, such as <c>$2</c>.</returns>
    public string Parameter<T>(T value)
    {
        _parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return string.Create(CultureInfo.InvariantCulture, $"${_parameters.Count}");
    }

    /// <summary>Adds a condition on the columns of the table. The names of columns must not be qualified.</summary>
    public RecordRead<TResponse> Where(string condition)
    {
        _conditions.Append(" and ").Append(condition);
        return this;
    }

    /// <summary>Adds the condition that a column equals a value.</summary>
    public RecordRead<TResponse> WhereEqual<T>(string column, T value) => Where($"{column} = {Parameter(value)}");

    /// <summary>Adds the condition that a column equals one of several values.</summary>
    public RecordRead<TResponse> WhereAny<T>(string column, T[] values) => Where($"{column} = any({Parameter(values)})");

    /// <summary>Adds the condition that a column has the value of a subquery, which PostgreSQL does not know when it plans.</summary>
    /// <remarks>
    /// The first such condition is written as a range, and its column is put before the ID in the order. That changes no result, but leaves
    /// the index of the column and the ID as the only one that has the order. With an equality, PostgreSQL would assume that the value is
    /// common, and read all records of the organization to find the few that have a rare one.
    /// </remarks>
    public RecordRead<TResponse> WhereValueOf(string column, string subquery)
    {
        if (_listed is not null)
        {
            return Where($"{column} = ({subquery})");
        }

        _listed = (column, subquery);
        return Where($"{column} between ({subquery}) and ({subquery})");
    }

    /// <summary>Adds the condition that a record comes after another one.</summary>
    /// <param name="order">The order.</param>
    /// <param name="key">The placeholder of the other record's value; not used if the order is by ID alone.</param>
    /// <param name="id">The placeholder of the other record's ID.</param>
    /// <remarks>The values are written as subqueries. If PostgreSQL knew them when it plans, it would plan each page anew.</remarks>
    public RecordRead<TResponse> WhereAfter(RecordOrder order, string key, string id) => Where(
        order.Column is null && _listed is var (column, subquery)
            ? new RecordOrder(column, order.IsDescending).After(subquery, $"select {id}")
            : order.After($"select {key}", $"select {id}"));

    /// <summary>Adds the condition that the column <c>search</c> contains a text. The comparison is case-sensitive.</summary>
    public RecordRead<TResponse> WhereSearchContains(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
        _search = (
            $"search like {Parameter($"%{escaped}%")}",
            $"{SearchGrams.Expression} @@ {Parameter(SearchGrams.Query(_organizationId, text))}::tsquery");
        return this;
    }

    /// <summary>Adds a condition that no record meets.</summary>
    public RecordRead<TResponse> WhereNothing() => Where("false");

    /// <summary>Reads the record that matches. Returns null if there is none.</summary>
    public async Task<TResponse?> FirstOrDefaultAsync(CancellationToken cancellationToken) =>
        await ToListAsync(cancellationToken) is [var first, ..] ? first : default;

    /// <summary>Reads the records that match as part of a batch, with the reference data of the batch if it has any.</summary>
    /// <returns>The records, filled when the batch runs.</returns>
    public IReadOnlyList<TResponse> AddTo(QueryBatch batch)
    {
        var references = _shape.ColumnsWithReferences is null ? null : batch.References;
        return batch.Add(
            Select(Conditions, references),
            [.. _parameters],
            reader => _shape.Read(new ColumnReader(reader, references)));
    }

    /// <summary>Reads all records that match, in any order.</summary>
    public Task<List<TResponse>> ToListAsync(CancellationToken cancellationToken) =>
        ReadAsync(references => Select(Conditions, references), settings: null, cancellationToken);

    /// <summary>Reads all records that match into a dictionary.</summary>
    public async Task<Dictionary<string, TResponse>> ToDictionaryAsync(Func<TResponse, string> key, CancellationToken cancellationToken) =>
        (await ToListAsync(cancellationToken)).ToDictionary(key, StringComparer.Ordinal);

    /// <summary>Reads records that match, in any order: all of them, or so many that they do not take too much memory.</summary>
    public Task<List<TResponse>> ToPortionAsync(CancellationToken cancellationToken) => ReadAsync(
        references => Select(Conditions, references), settings: null, cancellationToken, maxCharacters: PortionCharacters);

    /// <summary>Returns a read of the same records, to which more conditions can be added.</summary>
    public RecordRead<TResponse> Copy() => CopyAs(_shape);

    /// <summary>Returns a read of the IDs of the same records.</summary>
    public RecordRead<Guid> CopyAsIds() => CopyAs(new RecordShape<Guid>(_shape.Table, "r.id", "", row => row.Guid()));

    /// <summary>Reads all records that match, in the given order.</summary>
    public Task<List<TResponse>> ToListAsync(RecordOrder order, CancellationToken cancellationToken) =>
        ReadAsync(references => Select(Conditions, references, order), settings: null, cancellationToken);

    /// <summary>Reads all records that match one after the other, without any limit of time, in a transaction.</summary>
    public async IAsyncEnumerable<TResponse> StreamAsync(
        RecordOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var batch = _createBatch!();
        batch.Timeout = 0;

        // After an import, PostgreSQL may still expect few records. With nested loops, it would read all parts again for each record.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('enable_nestloop', 'off', true)"));
        var select = Join(_shape.Columns, Rows(Conditions), _shape.Joins, parts => parts.JoinAll());
        Add(batch, $"{select} order by {order.ToSql("r.")}");
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await NextResultAsync(reader, cancellationToken);
        var columns = new ColumnReader(reader);
        var isWhole = false;
        try
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return _shape.Read(columns.StartRow());
            }

            isWhole = true;
        }
        finally
        {
            if (!isWhole)
            {
                // The reader would read the rest before it closes.
                batch.Cancel();
            }
        }
    }

    /// <summary>
    /// Reads some of the records that match: as many as asked for, or so many of the first of them that they do not take too much memory.
    /// </summary>
    /// <param name="order">The order of the records.</param>
    /// <param name="skip">The number of records to skip.</param>
    /// <param name="take">The number of records to read.</param>
    /// <param name="cancellationToken">Token that cancels the operation.</param>
    public async Task<List<TResponse>> ToListAsync(RecordOrder order, long skip, int take, CancellationToken cancellationToken)
    {
        order = order.Column is null && _listed is var (column, _) ? order with { Column = "{r}" + column } : order;

        // Limits are constants. With a parameter, PostgreSQL would plan for a tenth of the table, or plan again on each execution.
        var page = string.Create(CultureInfo.InvariantCulture, $" order by {order.ToSql("")} limit {take}")
            + (skip > 0 ? $" offset {Parameter(skip)}" : "");
        return await (_search is var (contains, _)
            ? SearchAsync(contains, order, skip, take, page, cancellationToken)
            : ReadAsync(
                references => Select(Conditions, references, order, page),
                settings: null,
                cancellationToken,
                maxCharacters: PortionCharacters));
    }

    /// <summary>Counts the records that match. Further reads with the same conditions may follow.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => RunAsync(
        $"select count(*) from {_shape.Table} where {Conditions}",
        async reader =>
        {
            await reader.ReadAsync(cancellationToken);
            return reader.GetInt64(0);
        },
        _search is null ? null : SearchSettings,
        cancellationToken);

    private async Task<List<TResponse>> SearchAsync(
        string contains, RecordOrder order, long skip, int take, string page, CancellationToken cancellationToken)
    {
        // The index has to find all records with a term before it knows the first page. If the start of the list holds the page, or is the
        // whole list, reading it is faster. A longer start is read if a short one holds its share of the page.
        var longWalk = skip > 0 ? MaxWalked : Math.Clamp(MaxWalkedPerRecord * take, MinWalked, MaxWalked);
        var shortWalk = skip > 0 ? MaxWalked : Math.Clamp(WalkedPerRecord * take, MinWalked, MaxWalked);
        var isWhole = false;
        List<TResponse> found = skip + take > MaxWalked ? [] : await WalkAsync(shortWalk);
        if (shortWalk < longWalk && found.Count < take && !isWhole && !IsCut && found.Count * longWalk >= take * shortWalk)
        {
            found = await WalkAsync(longWalk);
        }

        return found.Count < take && !isWhole && !IsCut
            ? await ReadAsync(
                references => SelectFrom($"(select * from {Rows(Conditions + " offset 0")} l{page})", references, order),
                SearchSettings,
                cancellationToken,
                maxCharacters: PortionCharacters)
            : found;

        Task<List<TResponse>> WalkAsync(int records)
        {
            var start = string.Create(CultureInfo.InvariantCulture, $"{OwnConditions} order by {order.ToSql("")} limit {records}");
            var rows = $"(select * from {Rows(start)} l where {contains}{page})";

            // PostgreSQL counts them only if it finds a record.
            var length = $", (select count(*) from (select 1 from {_shape.Table} where {start}) list) as {LengthColumn}";
            return ReadAsync(
                references => SelectFrom(rows, references, order, length),
                settings: null,
                cancellationToken,
                reader => isWhole = reader.GetInt64(reader.GetOrdinal(LengthColumn)) < records,
                PortionCharacters);
        }
    }

    private string OwnConditions => $"organization_id = {Organization} and deleted_at is null{_conditions}";

    private string Conditions => _search is var (contains, hasGrams) ? $"{OwnConditions} and {contains} and {hasGrams}" : OwnConditions;

    /// <summary>The last column of a read with data from memory. Transactions use <see cref="ReferenceData.AddCheck"/> instead.</summary>
    private string VersionColumn => _references is null ? "" : $", ({ReferenceData.VersionSql})";

    private string Rows(string conditions) => $"(select * from {_shape.Table} where {conditions})";

    /// <summary>Selects the records that meet conditions, and of these a page.</summary>
    private string Select(string conditions, ReferenceData? references, RecordOrder? order = null, string page = "")
    {
        if (_shape.ColumnsOfTable(references) is { } columns)
        {
            // A statement on one table alone is the fastest on a distributed one.
            var ordered = page.Length > 0 || order is null ? page : $" order by {order.ToSql("")}";
            return $"select {columns}{VersionColumn} from {_shape.Table} r where {conditions}{ordered}";
        }

        return SelectFrom(Rows(conditions + page), references, order);
    }

    private string SelectFrom(string rows, ReferenceData? references, RecordOrder? order, string column = "")
    {
        var select = (references, _shape.ColumnsOfTable(references)) switch
        {
            (null, _) => Join(_shape.Columns + column, rows, _shape.Joins, parts => parts.JoinEach()),
            (_, { } columns) => $"select {columns}{column}{VersionColumn} from {rows} r",
            _ => Join(_shape.ColumnsWithReferences!.Value.WithParts + column + VersionColumn, rows, joins: "", parts => parts.JoinEach()),
        };
        return order is null ? select : $"{select} order by {order.ToSql("r.")}";
    }

    private string Join(string columns, string rows, string joins, Func<RecordParts, string> join) =>
        $"select {columns} from {rows} r {joins} " + string.Join('\n', _shape.Parts.Select(join));

    /// <summary>
    /// Reads records. Reference data come from memory. If they are current in the snapshot that PostgreSQL reads, the records and the data
    /// belong together, as if they had been joined.
    /// </summary>
    private async Task<List<TResponse>> ReadAsync(
        Func<ReferenceData?, string> sql,
        string? settings,
        CancellationToken cancellationToken,
        Action<NpgsqlDataReader>? onFirstRow = null,
        long maxCharacters = long.MaxValue)
    {
        ReferenceData? outdated = null;
        for (var attempt = 0; attempt < 2 && _references is not null && _shape.ColumnsWithReferences is not null; attempt++)
        {
            var references = await _references.GetAsync(_organizationId, outdated, cancellationToken);
            if (references is null)
            {
                break;
            }

            var current = await RunAsync(
                sql(references),
                reader => ReadRowsAsync(reader, references, onFirstRow, maxCharacters, cancellationToken),
                settings,
                cancellationToken);
            if (current is not null)
            {
                return current;
            }

            outdated = references;
        }

        var joined = await RunAsync(
            sql(null),
            reader => ReadRowsAsync(reader, references: null, onFirstRow, maxCharacters, cancellationToken),
            settings,
            cancellationToken);
        return joined!;
    }

    /// <summary>Returns null if the reference data are not those of the database.</summary>
    private async Task<List<TResponse>?> ReadRowsAsync(
        NpgsqlDataReader reader,
        ReferenceData? references,
        Action<NpgsqlDataReader>? onFirstRow,
        long maxCharacters,
        CancellationToken cancellationToken)
    {
        IsCut = false;
        var columns = new ColumnReader(reader, references);
        List<TResponse> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            // All rows are of the same snapshot.
            if (references is not null && rows.Count == 0 && ReferenceData.ReadVersion(reader, reader.FieldCount - 1) != references.Version)
            {
                return null;
            }

            if (rows.Count == 0)
            {
                onFirstRow?.Invoke(reader);
            }

            rows.Add(_shape.Read(columns.StartRow()));
            if (columns.Characters >= maxCharacters)
            {
                IsCut = await reader.ReadAsync(cancellationToken);
                break;
            }
        }

        return columns.HasMissedReference ? null : rows;
    }

    private Task<T> RunAsync<T>(
        string sql, Func<NpgsqlDataReader, Task<T>> read, string? settings, CancellationToken cancellationToken)
    {
        return _connections is null
            ? RunOnceAsync(_createBatch!())
            : _connections.RunAsync(_organizationId, connection => RunOnceAsync(connection.CreateBatch()), cancellationToken);

        async Task<T> RunOnceAsync(NpgsqlBatch created)
        {
            await using var batch = created;
            if (settings is not null)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(settings));
            }

            Add(batch, sql);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            if (settings is not null)
            {
                await NextResultAsync(reader, cancellationToken);
            }

            return reader.FieldCount > 0 ? await read(reader) : throw new OutOfStepException();
        }
    }

    private static async Task NextResultAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.NextResultAsync(cancellationToken))
        {
            throw new OutOfStepException();
        }
    }

    private RecordRead<T> CopyAs<T>(RecordShape<T> shape)
    {
        var copy = _connections is null
            ? new RecordRead<T>(shape, _organizationId, _createBatch!)
            : new RecordRead<T>(shape, _organizationId, _connections, _references!);
        (copy._listed, copy._search) = (_listed, _search);

        // The first parameter is the organization, which the copy has already.
        copy._parameters.AddRange(_parameters.Skip(1));
        copy._conditions.Append(_conditions);
        return copy;
    }

    private void Add(NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in _parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        batch.BatchCommands.Add(command);
    }
}

/// <summary>The order of a list: by a column, and by ID where records have the same value in it.</summary>
/// <param name="Column">
/// The column or SQL expression, in which <c>{r}</c> stands for the qualifier; null to order by ID alone, which is the order of creation.
/// </param>
/// <param name="IsDescending">Whether the largest values come first. The ID has the same direction.</param>
internal sealed record RecordOrder(string? Column, bool IsDescending)
{
    /// <summary>Newest first, the default order of lists.</summary>
    public static RecordOrder Newest { get; } = new(null, IsDescending: true);

    /// <summary>The order of creation.</summary>
    public static RecordOrder Oldest { get; } = new(null, IsDescending: false);

    private string Direction => IsDescending ? " desc" : "";

    /// <summary>Returns the order as SQL.</summary>
    /// <param name="qualifier">The qualifier of the columns, such as <c>r.</c>.</param>
    public string ToSql(string qualifier) =>
        Column is null ? $"{qualifier}id{Direction}" : $"{Expression(qualifier)}{Direction}, {qualifier}id{Direction}";

    /// <summary>Returns the SQL condition that a record comes after another one.</summary>
    /// <param name="key">The subquery of the other record's value; not used if the order is by ID alone.</param>
    /// <param name="id">The subquery of the other record's ID.</param>
    public string After(string key, string id)
    {
        var comparison = IsDescending ? '<' : '>';
        return Column is null ? $"id {comparison} ({id})" : $"({Expression("")}, id) {comparison} (({key}), ({id}))";
    }

    private string Expression(string qualifier) => Column!.Replace("{r}", qualifier, StringComparison.Ordinal);
}
